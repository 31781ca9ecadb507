"""Offsets in a file's text and an editor's positions, in whatever units the two agreed on.

A line ends where LSP says: at `\\n`, `\\r\\n` or `\\r`, and at no other character.
"""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types

from codemods.source import SourceFile, Span

_BYTES = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@dataclass(frozen=True)
class Positions:
    """Converts between offsets in `source` and positions in a client's units.

    Args:
        encoding: `utf-8`, `utf-16` or `utf-32`.
        lead: True for a buffer whose first character is the byte order mark, which the text of
            `source` never has.
    """

    source: SourceFile
    encoding: str = "utf-16"
    lead: bool = False

    def position(self, offset: int) -> types.Position:
        row = self.source.location(offset).row
        units = self._units(self.source.text[self.source.line_start(row) : offset])
        return types.Position(row - 1, units + self._lead(row))

    def range(self, span: Span) -> types.Range:
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; one that is beyond its line is taken for the line's end."""
        row = position.line + 1
        if row > self.source.rows:
            return len(self.source.text)
        start, line = self.source.line_start(row), self.source.line(row)
        units = max(position.character - self._lead(row), 0)
        if line.isascii():
            return start + min(units, len(line))
        codec, size = _BYTES[self.encoding]
        head = line.encode(codec, "surrogatepass")[: units * size]
        return start + len(head.decode(codec, "ignore"))

    def span(self, place: types.Range) -> Span:
        return Span(self.offset(place.start), self.offset(place.end))

    def _units(self, text: str) -> int:
        if text.isascii():
            return len(text)
        codec, size = _BYTES[self.encoding]
        return len(text.encode(codec, "surrogatepass")) // size

    def _lead(self, row: int) -> int:
        return self._units("\ufeff") if self.lead and row == 1 else 0
