"""Lines of source with places marked in them, for a terminal or a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from codemods.source import SourceFile, Span, UndecodableError

_TAB = 4
_WIDEST = 140
_BEFORE = 40


@dataclass(frozen=True)
class Mark:
    """A span to mark: `main` ones with `^`, others with `-`, and a word beside it."""

    span: Span
    label: str = ""
    main: bool = False


@dataclass(frozen=True)
class _Row:
    """A marked piece of one line: character columns from 0, the end excluded."""

    row: int
    start: int
    end: int
    mark: Mark


def snippet(source: SourceFile, marks: Sequence[Mark], gutter: int) -> Iterator[Text]:
    """The lines that have marks, in order, with `...` where lines are left out between them.

    Args:
        gutter: how wide the row numbers are.
    """
    try:
        rows = sorted(
            (_row(source, mark) for mark in marks), key=lambda r: (r.row, not r.mark.main, r.start)
        )
    except UndecodableError:
        return
    last = 0
    for row in dict.fromkeys(item.row for item in rows):
        if last and row > last + 2:
            yield Text("." * max(gutter, 3), "dim blue")
        elif last and row == last + 2:
            yield from _line(source, row - 1, (), gutter)
        yield from _line(source, row, [item for item in rows if item.row == row], gutter)
        last = row


def gutter_of(source: SourceFile, marks: Iterable[Mark]) -> int:
    """How wide the row numbers of these marks are."""
    try:
        return max((len(str(source.location(mark.span.start).row)) for mark in marks), default=1)
    except UndecodableError:
        return 1


def _row(source: SourceFile, mark: Mark) -> _Row:
    """The first line of a mark, from its first to its last character there."""
    start, end = source.locations(mark.span)
    line = source.line(start.row)
    last = end.column - 1 if end.row == start.row else len(line.rstrip())
    return _Row(start.row, start.column - 1, max(last, start.column), mark)


def _line(source: SourceFile, row: int, rows: Sequence[_Row], gutter: int) -> Iterator[Text]:
    line = source.line(row)
    left = _first_shown(line, rows)
    ellipsis = "…" if left else ""
    code = ellipsis + _printable(line[left:]).rstrip()
    if len(code) > _WIDEST:
        code = code[:_WIDEST] + "…"
    yield Text(f"{row:>{gutter}} | ", "blue").append(code, "default")
    for item in rows:
        before = cell_len(ellipsis + _printable(line[left : item.start]))
        width = cell_len(ellipsis + _printable(line[left : item.end])) - before
        style = "bold red" if item.mark.main else "blue"
        sign = "^" if item.mark.main else "-"
        under = Text(f"{'':>{gutter}} | ", "blue").append(" " * before)
        under.append(sign * max(min(width, _WIDEST - before), 1), style)
        if item.mark.label:
            under.append(f" {item.mark.label}", style)
        yield under


def _first_shown(line: str, rows: Sequence[_Row]) -> int:
    """The column at which a line begins to be shown: 0 unless the mark would be far out."""
    if not rows or len(line) <= _WIDEST or rows[0].end <= _WIDEST:
        return 0
    return max(rows[0].start - _BEFORE, 0)


def _printable(text: str) -> str:
    """The text with tabs as blanks, and nothing that could move a terminal's cursor."""
    parts: list[str] = []
    width = 0
    for character in text:
        if character == "\t":
            part = " " * (_TAB - width % _TAB)
        elif unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs"):
            part = "�"
        else:
            part = character
        parts.append(part)
        width += cell_len(part)
    return "".join(parts)
