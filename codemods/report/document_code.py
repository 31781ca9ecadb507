"""The lines of code that a section of the document shows, and the diffs of its fixes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from codemods.edits import Edit, apply_edits, unified_diff
from codemods.finding import Finding, Fix, Role
from codemods.report.names import shown
from codemods.results import Report
from codemods.source import Place, SourceFile, UndecodableError

# A statement that goes on for longer is cut.
_LONGEST = 16


def excerpt(findings: Iterable[Finding], path: Path, report: Report) -> tuple[str, range]:
    """The marked lines of a file, `...` where some are left out between them, and their rows."""
    source = report.source(path)
    rows: set[int] = set()
    try:
        for place in _places(findings, path):
            rows.update(_statement(source, place))
        rows |= {row + 1 for row in rows if row + 2 in rows}
        lines = [source.line(row).rstrip() for row in sorted(rows)]
    except UndecodableError:
        return "", range(0)
    text: list[str] = []
    last = 0
    for row, line in zip(sorted(rows), lines, strict=True):
        if last and row > last + 1:
            text.append(f"{line[: len(line) - len(line.lstrip())]}...")
        text.append(line)
        last = row
    return textwrap.dedent("\n".join(text)), range(min(rows, default=1), max(rows, default=1) + 1)


def diff_of(finding: Finding, fix: Fix, report: Report) -> str:
    """What a fix alone changes, as a unified diff.

    Raises:
        Exception: where the fix cannot be made.
    """
    from codemods.engine import edits_of

    return _diffs(edits_of(finding, report, fix), report)


def diff_together(findings: Sequence[Finding], report: Report) -> str:
    """What the fixes of several findings change; nothing where they do not go together."""
    from codemods.engine import edits_together

    return _diffs(edits_together(findings, report), report)


def _diffs(edits: Sequence[Edit], report: Report) -> str:
    paths = dict.fromkeys(edit.path for edit in edits)
    return "".join(_diff(report.source(path), _of(edits, path)) for path in paths)


def _diff(source: SourceFile, edits: list[Edit]) -> str:
    after = apply_edits(source, edits)
    return unified_diff(source.data, after, shown(source.path)).decode("utf-8", "replace")


def _of(edits: Iterable[Edit], path: Path) -> list[Edit]:
    return [edit for edit in edits if edit.path == path]


def _places(findings: Iterable[Finding], path: Path) -> Iterator[Place]:
    """Where a file shows what the findings are about; models have a place of their own."""
    for finding in findings:
        yield finding.place
        for note in finding.related:
            if note.place.path == path and note.role is not Role.MODEL:
                yield note.place


def _statement(source: SourceFile, place: Place) -> range:
    """The rows of a place, to the end of the brackets that are open there."""
    start, end = source.locations(place.span)
    first, last = start.row, end.row
    while first > 1 and source.line(first - 1).rstrip().endswith(("(", "[", "{")):
        first -= 1
    while last < source.rows and last - first < _LONGEST and _open(source, first, last):
        last += 1
    return range(first, last + 1)


def _open(source: SourceFile, first: int, last: int) -> bool:
    text = "".join(source.line(row) for row in range(first, last + 1))
    return sum(map(text.count, "([{")) > sum(map(text.count, ")]}"))
