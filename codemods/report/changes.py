"""What `diff` and `apply` say about what changed, and about what is left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from codemods.finding import Finding
from codemods.report.names import shown
from codemods.report.text import reasons, where
from codemods.results import Changes

if TYPE_CHECKING:
    from codemods.branch import BranchResult


def diff_folder(changes: Changes) -> Path:
    """The folder that a diff's names are relative to: where `git apply` has to run.

    It is the working directory, unless a changed file is not in it.
    """
    here = Path.cwd().resolve()
    paths = [change.path for change in changes.files]
    if all(path.is_relative_to(here) for path in paths):
        return here
    return Path(os.path.commonpath([changes.root, *(path.parent for path in paths)]))


def summary(changes: Changes, *, review: bool, written: bool) -> str:
    """One line, or a few: how much changes, what lies elsewhere, and how much is left."""
    fixes = len(changes.applied)
    files = len(changes.files)
    verb = "Applied" if written else "Would apply"
    if not files:
        lines = [
            f"{'Nothing was changed' if written else 'Nothing to change'}{_left(changes, review)}."
        ]
    else:
        lines = [
            f"{verb} {_many(fixes, 'fix', 'es')} in {_many(files, 'file')}{_left(changes, review)}."
        ]
    if changes.outside:
        names = ", ".join(shown(path) for path in changes.outside)
        lines.append(
            f"{'Changed' if written else 'Would change'} outside of the given paths: {names}"
        )
    if not written and files and diff_folder(changes) != Path.cwd().resolve():
        lines.append(f"The diff's names are relative to {diff_folder(changes)}.")
    return "\n".join(lines)


def applied_text(changes: Changes, *, review: bool) -> Iterator[Text]:
    """What was changed, what was left and why, and a summary."""
    for finding in changes.applied:
        yield _line("fixed", "bold green", finding, changes).append(
            f": {finding.fix.title}" if finding.fix else ""
        )
    failures = {(failure.rule, failure.place) for failure in changes.failures}
    for finding in changes.left:
        line = _line("left ", "bold yellow", finding, changes)
        yield line.append(f": {finding.message}")
        failed = (finding.name, finding.place) in failures
        yield Text(f"      {reasons(finding, review=review, failed=failed)}", "dim")
    if changes.applied or changes.left:
        yield Text()
    yield Text(summary(changes, review=review, written=True))


def branch_text(result: BranchResult, *, review: bool) -> Iterator[Text]:
    """What was committed to which branch, and what was left and why."""
    for commit in result.commits:
        yield Text(f"{commit.sha[:10]} ", "yellow").append(commit.title)
    for left in result.left:
        yield Text("left ", "bold yellow").append(
            f"{left.filename}:{left.row}:{left.column}: ", "bold"
        ).append(f"{left.code} {left.finding.name}: {left.message}")
        yield Text(f"      {reasons(left.finding, review=review, failed=True)}", "dim")
    for filename, reason in result.skipped:
        yield Text(f"warning: {filename}: {reason}", "yellow")
    if result.created:
        count = _many(len(result.commits), "commit")
        yield Text(f"Made the branch {result.name} with {count} on {result.base[:10]}.", "bold")
    else:
        yield Text("Nothing to fix, so no branch was made.")
    if result.uncommitted:
        yield Text("Uncommitted changes of this checkout are not part of it.", "yellow")


def _line(word: str, style: str, finding: Finding, changes: Changes) -> Text:
    line = Text(f"{word} ", style).append(f"{where(finding.place, changes)}: ", "bold")
    return line.append(f"{finding.code} {finding.name}")


def _left(changes: Changes, review: bool) -> str:
    count = len(changes.left)
    if not count:
        return ""
    waiting = 0 if review else sum(1 for f in changes.left if f.applicability == "review")
    return f"; {count} left" + (f", {waiting} of them for --review" if waiting else "")


def _many(count: int, noun: str, plural: str = "s") -> str:
    return f"{count} {noun}{'' if count == 1 else plural}"
