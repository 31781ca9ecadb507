"""What `check`, `diff` and `apply` return: plain values that every interface shows its own way."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from codemods.finding import Finding
from codemods.project.discovery import Skipped
from codemods.rule import NOT_ANALYSED
from codemods.settings import Settings
from codemods.source import Location, Place, SourceFile, UndecodableError

if TYPE_CHECKING:
    from codemods.edits import Edit


class Timing:
    """The CPU seconds that the parts of a run took, in the order in which they began."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __str__(self) -> str:
        """Each part with its share: `link 0.52 s (8 %), analyse 2.10 s (31 %)`."""
        whole = sum(self.seconds.values()) or 1.0
        return ", ".join(
            f"{name} {spent:.2f} s ({spent / whole:.0%})" for name, spent in self.seconds.items()
        )

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what is done meanwhile as a part of the run."""
        self.seconds.setdefault(name, 0.0)
        start = time.process_time()
        try:
            yield
        finally:
            self.seconds[name] += time.process_time() - start


@dataclass(frozen=True)
class Failure:
    """Trouble that is not the analysed code's: a crash in a rule, a fix that could not be made.

    `row` is the line in `path` where there is one but no place, as in a `pyproject.toml`.
    """

    path: Path
    message: str
    rule: str | None = None
    place: Place | None = None
    row: int | None = None


@dataclass(frozen=True)
class _Result:
    """What all results know: where they hold, and the text that their places lie in."""

    root: Path
    skipped: tuple[Skipped, ...] = ()
    failures: tuple[Failure, ...] = ()
    strict: bool = False
    projects: Mapping[Path, Settings] = field(default_factory=dict, repr=False)
    sources: Mapping[Path, SourceFile] = field(default_factory=dict, repr=False, compare=False)

    @property
    def trouble(self) -> bool:
        """True if something that was asked for could not be done."""
        return bool(self.failures) or any(s.named or self.strict for s in self.skipped)

    @property
    def settings(self) -> Settings:
        """The settings of the project at `root`."""
        return self.projects.get(self.root, Settings())

    def settings_of(self, path: Path) -> Settings:
        """The settings of the project that the file belongs to."""
        inner = [root for root in self.projects if path.is_relative_to(root)]
        return self.projects[max(inner, key=lambda r: len(r.parts))] if inner else self.settings

    def source(self, path: Path) -> SourceFile:
        """The file as it was analysed; an empty one if it cannot be read."""
        if path in self.sources:
            return self.sources[path]
        try:
            return SourceFile(path, path.read_bytes())
        except OSError:
            return SourceFile(path, b"")

    def locations(self, place: Place) -> tuple[Location, Location]:
        """Where a place begins and ends, as a person counts."""
        try:
            return self.source(place.path).locations(place.span)
        except UndecodableError:
            return Location(1, 1), Location(1, 1)


# A function of a file that is looked at: its qualified name, and the class below its own on which
# it is; None for the statements of a module.
ScopeKey: TypeAlias = tuple[str, str] | None


@dataclass
class Looked:
    """What looking at one function gave; `seconds` is the CPU time that it took."""

    findings: list[Finding] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True)
class Clean:
    """A file in which nothing is found, and why: `reason` is a phrase of a few words.

    `queries` is False for a file without any database access of its own.
    """

    path: Path
    reason: str
    queries: bool


@dataclass(frozen=True)
class Report(_Result):
    """What was found, ordered by file, place and code; suppressed findings are left out.

    `clean` is filled where it was asked for.
    """

    findings: tuple[Finding, ...] = ()
    clean: tuple[Clean, ...] = ()
    files: int = 0
    lines: int = 0

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings that are about the code, without files that were not analysed."""
        return tuple(f for f in self.findings if f.code != NOT_ANALYSED[0])


@dataclass(frozen=True)
class FileChange:
    """One file before and after. `edits` lead from the one text to the other."""

    path: Path
    before: bytes = field(repr=False)
    after: bytes = field(repr=False)
    edits: tuple[Edit, ...] = field(repr=False)


@dataclass(frozen=True)
class Changes(_Result):
    """What fixes change. After `diff` places lie in the text as it was, after `apply` as it is.

    `applied` holds each finding whose problem is gone and `touched` the files that its fix
    changed, in the same order; `left` is what is still found. `outside` are changed files that
    were not asked for.
    """

    files: tuple[FileChange, ...] = ()
    applied: tuple[Finding, ...] = ()
    touched: tuple[frozenset[Path], ...] = ()
    left: tuple[Finding, ...] = ()
    outside: tuple[Path, ...] = ()
