"""`minusn apply --branch NAME`: every fix a commit, on a branch of its own.

The work is done in a temporary `git worktree` of HEAD, so the user's checkout, index and branch
stay as they are. The branch comes into being at the end, in one step.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class BranchResult:
    """What was made: `commits` upon `base`, oldest first; without any, no branch was made.

    `uncommitted` is True where the checkout has changes, which are no part of the branch.
    `skipped` holds file and reason where a file could not be analysed.
    """

    name: str
    base: str
    commits: tuple[Commit, ...]
    left: tuple[Left, ...]
    skipped: tuple[tuple[str, str], ...]
    uncommitted: bool

    @property
    def created(self) -> bool:
        return bool(self.commits)


def apply_on_branch(
    name: str,
    paths: Sequence[Path | str] = (".",),
    *,
    review: bool = False,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> BranchResult:
    """Make the branch `name` from HEAD with a commit for every fix that PATHS call for.

    Args:
        paths: files and folders of the user's checkout, all in one repository.
        review: take the fixes that need a person's eye as well.

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
        commits, report = _commit_each(tree, there, review, select, ignore)
        left = tuple(_left(finding, report, tree) for finding in report.findings)
        trouble = [(item.path, item.reason) for item in report.skipped]
        trouble += [(item.path, item.message) for item in report.failures]
        skipped = tuple((_relative(path, tree), reason) for path, reason in trouble)
        if commits:
            git(top, "branch", "--no-track", "--", name, commits[-1].sha)
    return BranchResult(name, base, tuple(commits), left, skipped, uncommitted)


def _commit_each(
    tree: Path, paths: Sequence[Path], review: bool, select: Sequence[str], ignore: Sequence[str]
) -> tuple[list[Commit], Report]:
    """Commit the first fix that can be made, check again, and so on until none is left.

    A fix that leaves its finding as it was is not made a second time.
    """
    from codemods import engine

    commits: list[Commit] = []
    futile: set[_Identity] = set()
    report = engine.check(paths, select=select, ignore=ignore)
    while True:
        step = next(_steps(report, review, futile), None)
        if step is None:
            return commits, report
        commits.append(_commit(tree, step, report))
        before = _count(report, step.finding)
        report = engine.check(paths, select=select, ignore=ignore)
        if _count(report, step.finding) >= before:
            futile.add(_identity(step.finding))


_Identity = tuple[object, ...]


def _identity(finding: Finding) -> _Identity:
    return finding.code, finding.place.path, finding.function, finding.message


def _count(report: Report, finding: Finding) -> int:
    wanted = _identity(finding)
    return sum(_identity(other) == wanted for other in report.findings)


@dataclass(frozen=True)
class _Step:
    """A finding, its fix, and what the fix makes of each file."""

    finding: Finding
    fix: Fix
    after: Mapping[Path, bytes]


def _steps(report: Report, review: bool, futile: Set[_Identity]) -> Iterator[_Step]:
    from codemods.edits import apply_edits
    from codemods.engine import edits_of
    from codemods.fixing import applicable

    for finding in report.findings:
        fix = finding.fix
        if fix is None or not applicable(fix, review) or _identity(finding) in futile:
            continue
        try:
            edits = edits_of(finding, report)
            after = {
                path: apply_edits(report.source(path), [e for e in edits if e.path == path])
                for path in {edit.path for edit in edits}
            }
        except Exception:
            # What a rule or a rewrite cannot do stays in the report, as something left.
            continue
        if any(data != report.source(path).data for path, data in after.items()):
            yield _Step(finding, fix, after)


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
    )


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
