"""`minusn apply --branch NAME`: every fix a commit, on a branch of its own.

The work is done in a temporary `git worktree` of HEAD, so the user's checkout, index and branch
stay as they are. The branch comes into being at the end, in one step.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from codemods.checkout import BranchError, counterpart, git, start_of, toplevel, worktree
from codemods.finding import Cost, Finding, Fix, Precondition, Status

if TYPE_CHECKING:
    from codemods.results import Report

__all__ = ["BranchError", "BranchResult", "Commit", "Left", "apply_on_branch", "commit_message"]


@dataclass(frozen=True, slots=True)
class Commit:
    sha: str
    title: str


@dataclass(frozen=True, slots=True)
class Left:
    """A finding that is still there on the branch. `filename` is relative to the repository."""

    filename: str
    row: int
    column: int
    code: str
    message: str
    reasons: tuple[str, ...]
    finding: Finding = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class BranchResult:
    """What was made: `commits` upon `base`, oldest first; without any, no branch was made.

    `uncommitted` is True where the checkout has changes, which are no part of the branch.
    `skipped` holds file and reason where a file could not be analysed, `failures` where something
    that was asked for could not be done. File names are relative to the repository.
    """

    name: str
    base: str
    commits: tuple[Commit, ...]
    left: tuple[Left, ...]
    skipped: tuple[tuple[str, str], ...]
    failures: tuple[tuple[str, str], ...]
    uncommitted: bool

    @property
    def created(self) -> bool:
        return bool(self.commits)


def apply_on_branch(
    name: str,
    paths: Sequence[Path | str] = (".",),
    *,
    review: bool = False,
    within: bool = False,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    strict: bool = False,
) -> BranchResult:
    """Make the branch `name` from HEAD with a commit for every fix that PATHS call for.

    Args:
        paths: files and folders of the user's checkout, all in one repository.
        review: take the fixes that need a person's eye as well.
        within: take only fixes that change no file but those of PATHS.
        strict: take any file that cannot be analysed for a failure.

    Raises:
        BranchError: no repository, no commit, no identity, a bad or taken name, a path that HEAD
            does not have.
    """
    places = [Path(os.path.realpath(path)) for path in paths]
    top = toplevel(places)
    base = start_of(top, name)
    uncommitted = bool(git(top, "--no-optional-locks", "status", "--porcelain"))
    with worktree(top, base) as tree:
        there = [counterpart(place, top, tree) for place in places]
        work = _Work(tree, there, review=review, within=within, select=select, ignore=ignore)
        report = work.run()
        left = tuple(_left(finding, report, tree) for finding in report.problems)
        wrong = {(item.path, item.reason): None for item in report.skipped if item.named or strict}
        skipped = [(item.path, item.reason) for item in report.skipped]
        skipped = [item for item in skipped if item not in wrong]
        wrong |= dict.fromkeys(work.failures)
        if work.commits:
            git(top, "branch", "--no-track", "--", name, work.commits[-1].sha)
    return BranchResult(
        name,
        base,
        tuple(work.commits),
        left,
        tuple((_relative(path, tree), reason) for path, reason in skipped),
        tuple((_relative(path, tree), reason) for path, reason in wrong),
        uncommitted,
    )


_Identity = tuple[object, ...]


@dataclass(frozen=True)
class _Step:
    """A finding, its fix, and what the fix makes of each file."""

    finding: Finding
    fix: Fix
    after: Mapping[Path, bytes]


@dataclass
class _Work:
    """What is asked for, and what has come of it: the commits, and file and reason of trouble."""

    tree: Path
    paths: Sequence[Path]
    review: bool
    within: bool
    select: Sequence[str]
    ignore: Sequence[str]
    commits: list[Commit] = field(default_factory=list)
    failures: dict[tuple[Path, str], None] = field(default_factory=dict)

    def run(self) -> Report:
        """Commit the first fix that can be made, check again, and so on until none is left.

        A fix that leaves its finding as it was is not made a second time.
        """
        futile: set[_Identity] = set()
        report = self._check()
        while (step := next(self._steps(report, futile), None)) is not None:
            self.commits.append(_commit(self.tree, step, report))
            before = _count(report, step.finding)
            report = self._check()
            if _count(report, step.finding) >= before:
                futile.add(_identity(step.finding))
        return report

    def _check(self) -> Report:
        from codemods import engine

        report = engine.check(self.paths, select=self.select, ignore=self.ignore)
        self.failures |= {(item.path, item.message): None for item in report.failures}
        return report

    def _steps(self, report: Report, futile: Set[_Identity]) -> Iterator[_Step]:
        from codemods.fixing import applicable

        for finding in report.findings:
            fix = finding.fix
            if fix is None or not applicable(fix, self.review) or _identity(finding) in futile:
                continue
            try:
                after = self._after(finding, report)
            except Exception as error:
                told = str(error) or type(error).__name__
                message = f"the fix “{fix.title}” was not made: {told}"
                self.failures[finding.place.path, message] = None
                continue
            if after is not None:
                yield _Step(finding, fix, after)

    def _after(self, finding: Finding, report: Report) -> Mapping[Path, bytes] | None:
        """What a fix makes of the files that it changes; None where it is not asked for."""
        from codemods.edits import apply_edits
        from codemods.engine import edits_of

        edits = edits_of(finding, report)
        paths = {edit.path for edit in edits}
        for path in paths:
            if not path.is_relative_to(self.tree) or path.resolve() != path:
                raise BranchError(f"it would change {path}, which is not part of the project")
            if self.within and not any(path.is_relative_to(given) for given in self.paths):
                return None
        after = {
            path: apply_edits(report.source(path), [e for e in edits if e.path == path])
            for path in paths
        }
        if all(data == report.source(path).data for path, data in after.items()):
            raise BranchError("it would change nothing")
        return after


def _identity(finding: Finding) -> _Identity:
    return finding.code, finding.place.path, finding.function, finding.message


def _count(report: Report, finding: Finding) -> int:
    wanted = _identity(finding)
    return sum(_identity(other) == wanted for other in report.findings)


def _commit(tree: Path, step: _Step, report: Report) -> Commit:
    message = commit_message(step.finding, report, tree)
    for path, data in step.after.items():
        path.write_bytes(data)
    git(tree, "add", "--", *map(str, step.after))
    git(tree, "commit", "--quiet", "--no-verify", "--cleanup=verbatim", "--file=-", text=message)
    return Commit(git(tree, "rev-parse", "HEAD"), step.fix.title)


def commit_message(finding: Finding, report: Report, folder: Path) -> str:
    """The fix's title, then the finding's place and cost, then what makes the fix safe or not.

    Args:
        finding: one that has a fix.
        folder: what file names are relative to.
    """
    fix = finding.fix
    assert fix is not None
    start, _ = report.locations(finding.place)
    where = f"{_relative(finding.place.path, folder)}:{start.row}"
    if finding.function:
        where += f", in {finding.function}"
    parts = [fix.title, _wrapped(f"{where}: {finding.message}")]
    if finding.cost is not None:
        parts.append("\n".join(_cost(finding.cost)))
    conditions = sorted(fix.preconditions, key=lambda p: p.status is Status.PROVEN)
    if conditions:
        parts.append("\n".join(_wrapped(_condition(item), "  ") for item in conditions))
    parts.append(f"{finding.code} {finding.name}, {fix.applicability}")
    return "\n\n".join(parts) + "\n"


def _cost(cost: Cost) -> Iterator[str]:
    before, after = cost.before, cost.after
    yield f"Statements: {before.statements}" + (f" → {after.statements}" if after else "")
    yield f"Rows: {before.rows}" + (f" → {after.rows}" if after else "")


def _condition(condition: Precondition) -> str:
    told = "" if condition.status is Status.PROVEN else "to review: "
    return f"- {condition.name}: {told}{condition.reason}"


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, 72, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _left(finding: Finding, report: Report, tree: Path) -> Left:
    start, _ = report.locations(finding.place)
    conditions = finding.fix.preconditions if finding.fix else finding.preconditions
    return Left(
        _relative(finding.place.path, tree),
        start.row,
        start.column,
        finding.code,
        finding.message,
        tuple(item.reason for item in conditions if item.status is not Status.PROVEN),
        finding,
    )


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
