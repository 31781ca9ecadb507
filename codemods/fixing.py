"""Fixes in rounds: all that go together, then the project is read again, until none is left.

What is made is what was wanted before the first round. A fix that becomes possible, or safe, only
through others is left for the next run, so that nothing is written that `check` did not announce.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from codemods.conflicts import Plan, conflict
from codemods.edits import Edit, apply_edits
from codemods.facts.parse import parse
from codemods.finding import Applicability, Finding, Fix, Severity
from codemods.moving import Journal, between, moved
from codemods.patch import Patch
from codemods.project.discovery import Skipped
from codemods.results import Changes, Failure, FileChange
from codemods.rewrite import rewrite
from codemods.selection import Selection
from codemods.source import Place, SourceFile
from codemods.union import in_order
from codemods.workspace import Workspace, concerns


class _Refused(Exception):
    """Why a fix is left although it could be made."""


@dataclass(frozen=True)
class _Applied:
    """A finding, the state of the files in which it lay, and the files that its fix changed."""

    finding: Finding
    state: dict[Path, int]
    paths: frozenset[Path]


class Fixer:
    """One project on its way from what is there to what the fixes make of it.

    Args:
        reported: the files whose findings are fixed.
        review: take the fixes that need a person's eye as well.
        within: take only fixes that change none but the reported files.
    """

    def __init__(
        self,
        workspace: Workspace,
        selection: Selection,
        reported: Sequence[Path],
        *,
        review: bool,
        within: bool,
    ) -> None:
        self._workspace = workspace
        self._selection = selection
        self._reported = reported
        self._review = review
        self._within = within
        self._before: dict[Path, SourceFile] = {}
        self._journal = Journal()
        self._applied: list[_Applied] = []
        self._crashes: dict[Failure, None] = dict.fromkeys(workspace.failures.values())
        self._failed: dict[tuple[object, ...], Failure] = {}
        self._found: dict[Path, list[Finding]] = {}
        self._declared: list[Finding] = []
        self._wanted: Counter[tuple[object, ...]] = Counter()
        self._places: set[Place] = set()
        self._announced: list[Finding] = []

    def run(self) -> Changes:
        """Work out all changes; nothing is written."""
        skipped = self._workspace.skipped_among(self._reported)
        findings = self._check(self._workspace.looked_at(self._reported))
        wanted = [finding for finding in findings if applicable(finding.fix, self._review)]
        self._wanted.update(_wish(finding) for finding in wanted)
        self._places.update(finding.place for finding in wanted)
        self._announced = wanted
        while plans := self._plans(self._still_wanted(findings)):
            state = self._journal.state()
            done = self._make(_compatible(plans))
            made = {id(plan) for plan in done}
            waiting = [
                p for p in plans if id(p) not in made and _wish(p.finding) not in self._failed
            ]
            changed = self._journal.changed_since(state)
            findings = self._check(self._concerned(changed))
            still = Counter(_identity(finding) for finding in findings)
            done += (plan for plan in waiting if _gone(plan.finding, still))
            for plan in done:
                paths = plan.paths & changed or plan.paths
                self._applied.append(_Applied(plan.finding, state, paths))
            self._wanted.subtract(_wish(plan.finding) for plan in done)
        return self._changes(findings, skipped)

    def _check(self, paths: Iterable[Path]) -> list[Finding]:
        """All findings, after another look at those of some files."""
        for path in paths:
            self._workspace.tick()
            found, crashes = self._workspace.findings(path, self._selection)
            self._found[path] = [f for f in found if concerns(f, set(self._reported))]
            self._crashes.update(dict.fromkeys(crashes))
        found, crashes = self._workspace.declared(self._selection)
        self._declared = [f for f in found if concerns(f, set(self._reported))]
        self._crashes.update(dict.fromkeys(crashes))
        return list(in_order(f for found in (*self._found.values(), self._declared) for f in found))

    def _concerned(self, changed: set[Path]) -> list[Path]:
        """The files to look at again: those that changed, and those with findings that know of
        a change or have a fix that is still to be made."""
        return [
            path
            for path, findings in self._found.items()
            if path in changed
            or any(
                {place.path for place in finding.places} & changed
                or applicable(finding.fix, self._review)
                for finding in findings
            )
        ]

    def _still_wanted(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings whose fix was wanted from the start, none more often than it was."""
        state, left = self._journal.state(), self._wanted.copy()
        known = {id(f): self._at_first(f, state).place in self._places for f in findings}
        chosen = []
        for finding in sorted(findings, key=lambda one: not known[id(one)]):
            if applicable(finding.fix, self._review) and left[_wish(finding)] > 0:
                left[_wish(finding)] -= 1
                chosen.append(finding)
        return list(in_order(chosen))

    def _plans(self, findings: Iterable[Finding]) -> list[Plan]:
        """The fixes of findings, as far as they can be made."""
        plans = []
        for finding in findings:
            assert finding.fix is not None
            try:
                patches = finding.fix.patches()
                if not self._permitted({patch.place.path for patch in patches}):
                    continue
                plan = Plan(finding, patches, self._rewritten)
                if _wish(finding) not in self._failed or not isinstance(plan.alone, Exception):
                    plans.append(plan)
            except Exception as error:
                self._fail(finding, error)
        return plans

    def _rewritten(self, patches: Sequence[Patch]) -> tuple[Edit, ...]:
        return rewrite(patches, self._workspace.source, self._workspace.settings, parse)

    def _permitted(self, paths: set[Path]) -> bool:
        """False for files that were not handed in, where that counts.

        Raises:
            _Refused: for a file that is not the project's.
        """
        root = self._workspace.root
        for path in paths:
            shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path
            if path not in self._workspace or path.resolve() != path:
                raise _Refused(f"it would change {shown}, which is not part of the project")
        return not self._within or paths <= set(self._reported)

    def _fail(self, finding: Finding, error: Exception) -> None:
        assert finding.fix is not None
        told = str(error) or type(error).__name__
        failure = Failure(
            finding.place.path,
            f"the fix “{finding.fix.title}” was not made: {told}",
            finding.name,
            self._at_first(finding, self._journal.state()).place,
        )
        self._failed.setdefault(_wish(finding), failure)

    def _make(self, plans: Sequence[Plan]) -> list[Plan]:
        """Make the changes of one round, and return the fixes that are in them."""
        changed: dict[Path, tuple[Edit, ...]] = {}
        done: list[Plan] = []
        for group in _by_files(plans):
            made, edits = self._together(group)
            done += made
            for edit in edits:
                changed[edit.path] = (*changed.get(edit.path, ()), edit)
        data: dict[Path, bytes] = {}
        for path, edits in changed.items():
            source = self._workspace.source(path)
            self._before.setdefault(path, source)
            data[path] = apply_edits(source, edits)
            self._journal.add(path, edits)
        self._workspace.update(data)
        return done

    def _together(self, plans: Sequence[Plan]) -> tuple[Sequence[Plan], tuple[Edit, ...]]:
        """The edits of several fixes in the same files; one that fails in company waits.

        To work out each of them alone takes time, so that is only done where it matters.
        """
        edits = self._merged(plans) if len(plans) > 1 else None
        if edits is not None and all(plan.shows_in(edits) for plan in plans):
            return plans, edits
        sound = []
        for plan in plans:
            if isinstance(plan.alone, Exception):
                self._fail(plan.finding, plan.alone)
            else:
                sound.append(plan)
        if edits is not None and len(sound) == len(plans):
            return plans, edits
        made: list[Plan] = []
        edits = ()
        for more in [sound, *([plan] for plan in sound)]:
            joined = self._merged([*made, *more])
            if joined is not None:
                made, edits = [*made, *more], joined
            if len(made) == len(sound):
                break
        return made, edits

    def _merged(self, plans: Sequence[Plan]) -> tuple[Edit, ...] | None:
        """The edits of several fixes at once, None if they do not go together."""
        if len(plans) == 1:
            return None if isinstance(plans[0].alone, Exception) else plans[0].alone
        try:
            edits = self._rewritten(tuple(dict.fromkeys(p for x in plans for p in x.patches)))
            for path in {edit.path for edit in edits}:
                apply_edits(self._workspace.source(path), [e for e in edits if e.path == path])
        except Exception:
            return None
        return edits

    def _at_first(self, finding: Finding, state: dict[Path, int]) -> Finding:
        return moved(finding, partial(self._journal.back, state=state))

    def _as_announced(self) -> Iterator[tuple[Finding, frozenset[Path]]]:
        """The findings that are gone, as they were told at first, with the files of each fix.

        Where another fix has written their statement anew, their places cannot be reckoned back.
        """
        left = list(self._announced)
        for item in self._applied:
            finding = self._at_first(item.finding, item.state)
            alike = [first for first in left if _wish(first) == _wish(finding)]
            if alike:
                start = finding.place.span.start
                finding = min(alike, key=lambda first: abs(first.place.span.start - start))
                left.remove(finding)
            yield finding, item.paths

    def _changes(self, findings: Sequence[Finding], skipped: tuple[Skipped, ...]) -> Changes:
        workspace, now = self._workspace, self._journal.state()
        applied = sorted(self._as_announced(), key=lambda pair: (pair[0].place, pair[0].code))
        left = tuple(self._at_first(finding, now) for finding in findings)
        files = (self._file_change(path) for path in sorted(self._before))
        sources = workspace.mentioned([*(finding for finding, _ in applied), *left])
        return Changes(
            workspace.root,
            skipped=skipped,
            failures=(*self._crashes, *self._failed.values()),
            projects={workspace.root: workspace.settings},
            sources=sources | self._before,
            files=tuple(change for change in files if change.before != change.after),
            applied=tuple(finding for finding, _ in applied),
            touched=tuple(paths for _, paths in applied),
            left=left,
            outside=tuple(path for path in sorted(self._before) if path not in self._reported),
        )

    def _file_change(self, path: Path) -> FileChange:
        before, later = self._before[path], self._workspace.source(path)
        edits = self._journal.only(path) or between(before, later)
        return FileChange(path, before.data, later.data, edits)


def applicable(fix: Fix | None, review: bool) -> bool:
    """True if a fix is to be made: a safe one, or with `review` one that needs a look."""
    if fix is None:
        return False
    kind = fix.applicability
    return kind is Applicability.SAFE or (review and kind is Applicability.REVIEW)


def _compatible(plans: Iterable[Plan]) -> list[Plan]:
    """Plans that go together: of those that do not, the one that saves most.

    What moves no statement comes first, since a query that was moved to a loop of its own, or into
    a generator, may be too far from what it is about.
    """
    severities = list(Severity)

    def order(plan: Plan) -> tuple[bool, int]:
        return not plan.adds_only, severities.index(plan.finding.severity)

    taken: list[Plan] = []
    earlier: list[Plan] = []
    for plan in sorted(plans, key=order):
        if not any(conflict(plan, other) for other in (*taken, *earlier)):
            taken.append(plan)
        elif plan.adds_only:
            earlier.append(plan)
    return taken


def _by_files(plans: Sequence[Plan]) -> list[list[Plan]]:
    """The plans in groups that have no file in common."""
    groups: list[tuple[set[Path], list[Plan]]] = []
    for plan in plans:
        paths, members = set(plan.paths), [plan]
        for group in [group for group in groups if group[0] & plan.paths]:
            groups.remove(group)
            paths |= group[0]
            members = [*group[1], *members]
        groups.append((paths, members))
    return [members for _, members in groups]


def _identity(finding: Finding) -> tuple[object, ...]:
    """What stays the same about a finding while other places of its file change."""
    return finding.code, finding.place.path, finding.function, finding.message


def _wish(finding: Finding) -> tuple[object, ...]:
    """What stays the same about a fix while other places of its file change."""
    return *_identity(finding), finding.fix.title if finding.fix else ""


def _gone(finding: Finding, still: Counter[tuple[object, ...]]) -> bool:
    key = _identity(finding)
    if still[key] > 0:
        still[key] -= 1
        return False
    return True
