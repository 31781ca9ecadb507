"""What was found in a project, function by function, and which of it is older than the code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from codemods.finding import Finding, Fix
from codemods.results import Failure, Looked, ScopeKey

if TYPE_CHECKING:
    from codemods.patch import Patch
    from codemods.typed import Typed

_Key: TypeAlias = tuple[Path, ScopeKey]

# A function that took longer than this many seconds of CPU is not looked at again because
# something was typed into another one.
_PATIENCE = 1.0


class Found:
    """Findings by the function that was looked at.

    Attributes:
        state: goes up with every change of the project.
    """

    def __init__(self) -> None:
        self.state = 0
        self._looked: dict[_Key, Looked] = {}
        # In which state of the project each was looked at.
        self._states: dict[_Key, int] = {}
        self._files: set[Path] = set()

    def __contains__(self, path: Path) -> bool:
        """True for a file whose functions were looked at."""
        return path in self._files

    def clear(self) -> None:
        """Forget everything."""
        self._looked.clear()
        self._states.clear()
        self._files.clear()

    def take(
        self,
        path: Path,
        looked: Mapping[ScopeKey, Looked],
        wanted: Collection[ScopeKey] | None = None,
    ) -> None:
        """Note what was found in a file now: in all of it, or in some of its functions."""
        for key in [key for key in self._looked if key[0] == path]:
            if wanted is None or key[1] in wanted:
                before = self._looked.pop(key)
                if key[1] in looked:
                    # how long it takes depends on what else was looked at before
                    looked[key[1]].seconds = max(looked[key[1]].seconds, before.seconds)
        for scope, found in looked.items():
            self._looked[path, scope] = found
            self._states[path, scope] = self.state
        self._files.add(path)

    def typed(self, typed: Typed) -> dict[Path, set[ScopeKey]]:
        """Move what was found to where it is in a file that has changed.

        Returns:
            The functions to look at again: those that changed, and those with findings that know
            them. Where that takes long, what such a one has to say of other functions stays.
        """
        path, functions = typed.later.source.path, typed.functions or frozenset()
        changed: set[ScopeKey] = {(name, "") for name in functions}
        again: dict[Path, set[ScopeKey]] = {path: changed} if changed else {}
        for (file, scope), looked in list(self._looked.items()):
            if file == path and scope and scope[0] not in typed.later.facts.functions:
                del self._looked[file, scope]
                continue
            if looked.seconds <= _PATIENCE and any(map(typed.touches, looked.findings)):
                again.setdefault(file, set()).add(scope)
            kept = (finding for finding in looked.findings if not typed.is_in(finding.place))
            looked.findings = [_without_patches(typed.moved(finding)) for finding in kept]
        return again

    def drop(self, path: Path, files: Collection[Path]) -> None:
        """Forget what was found there of some files."""
        for key, looked in self._looked.items():
            if key[0] == path:
                looked.findings = [f for f in looked.findings if not _knows(f, files)]

    def knowing(self, paths: Collection[Path]) -> dict[Path, set[ScopeKey]]:
        """The functions with a finding that has a place in one of these files."""
        return self._where(lambda finding: _knows(finding, paths))

    def outdated(self, finding: Finding) -> dict[Path, set[ScopeKey]]:
        """The functions that bring a finding, as far as the project has changed since."""
        found = self._where(lambda other: same(other, finding))
        return {
            path: old
            for path, scopes in found.items()
            if (old := {s for s in scopes if self._states[path, s] < self.state})
        }

    def _where(self, holds: Callable[[Finding], bool]) -> dict[Path, set[ScopeKey]]:
        found: dict[Path, set[ScopeKey]] = {}
        for (path, scope), looked in self._looked.items():
            if any(map(holds, looked.findings)):
                found.setdefault(path, set()).add(scope)
        return found

    @property
    def findings(self) -> Iterator[Finding]:
        """All findings."""
        for looked in self._looked.values():
            yield from looked.findings

    @property
    def failures(self) -> Iterator[Failure]:
        """What went wrong."""
        for looked in self._looked.values():
            yield from looked.failures


def same(finding: Finding, other: Finding) -> bool:
    """True if two findings tell of one thing at one place."""
    first, second = ((f.code, f.place, f.message) for f in (finding, other))
    return first == second


def alike(finding: Finding, fix: Fix, others: Iterable[Finding]) -> tuple[Finding, Fix] | None:
    """The finding among others that is the same, with its fix that is."""
    for other in others:
        for each in (other.fix, *other.alternatives) if same(other, finding) else ():
            if each and (each.title, each.applicability) == (fix.title, fix.applicability):
                return other, each
    return None


def _knows(finding: Finding, paths: Collection[Path]) -> bool:
    return any(place.path in paths for place in finding.places)


def _without_patches(finding: Finding) -> Finding:
    """The finding without what its fixes hold on to: all that was known of the project."""
    fixes = [replace(fix, patches=_outdated) for fix in (finding.fix, *finding.alternatives) if fix]
    first = fixes.pop(0) if finding.fix else None
    return replace(finding, fix=first, alternatives=tuple(fixes))


def _outdated() -> tuple[Patch, ...]:
    raise AssertionError("the function was to be looked at again")
