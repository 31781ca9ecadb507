"""Source files as text and places in them. No syntax is known here.

A `Span` counts characters of the decoded text, without its byte order mark and with the newlines
that the file has. `ast` columns are UTF-8 bytes and editors count UTF-16 units; `SourceFile`
converts between them.
"""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast

# Only these end a line for Python's tokenizer; str.splitlines() knows eight more.
_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in a file's decoded text."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span in a file, where `path` is absolute."""

    path: Path
    span: Span


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A row and a column, both from 1; columns count characters."""

    row: int
    column: int


class UndecodableError(ValueError):
    """The bytes of a file are not text in the encoding that it declares."""


@dataclass(frozen=True)
class SourceFile:
    """One file: its bytes, its text, and the ways to name a place in it.

    Args:
        path: absolute.
        data: the bytes as they are on disk or in an editor's buffer.

    Raises:
        UndecodableError: by `text` and everything that needs it.
    """

    path: Path
    data: bytes = field(repr=False)

    @cached_property
    def _decoded(self) -> tuple[str, str, bool]:
        try:
            if not _declares_encoding(self.data):
                return self.data.decode("utf-8"), "utf-8", False
            encoding, _ = tokenize.detect_encoding(io.BytesIO(self.data).readline)
            bom = self.data.startswith(codecs.BOM_UTF8)
            raw = self.data[len(codecs.BOM_UTF8) :] if bom else self.data
            codec = "utf-8" if encoding == "utf-8-sig" else encoding
            return raw.decode(codec), codec, bom
        except (SyntaxError, UnicodeDecodeError, LookupError) as error:
            raise UndecodableError(str(error)) from error

    @property
    def text(self) -> str:
        return self._decoded[0]

    @property
    def encoding(self) -> str:
        return self._decoded[1]

    def encode(self, text: str) -> bytes:
        """The bytes of `text` in this file's encoding, with its byte order mark if it has one.

        Raises:
            UnicodeEncodeError: where the encoding has no such character.
        """
        _, codec, bom = self._decoded
        return (codecs.BOM_UTF8 if bom else b"") + text.encode(codec)

    @cached_property
    def newline(self) -> str:
        """The newline of the first line, `\\n` for a file of one line."""
        match = _NEWLINE.search(self.text)
        return match.group() if match else "\n"

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which every line begins."""
        if "\r" in self.text:
            return [0, *(match.end() for match in _NEWLINE.finditer(self.text))]
        lengths = map(len, self.text.split("\n")[:-1])
        return [0, *accumulate(map((1).__add__, lengths))]

    def line_start(self, row: int) -> int:
        """The offset at which the line `row` (from 1) begins."""
        return self.starts[min(row, len(self.starts)) - 1]

    def line(self, row: int) -> str:
        """The text of the line `row` (from 1), without its newline."""
        start = self.starts[row - 1]
        end = self.starts[row] if row < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    @property
    def rows(self) -> int:
        return len(self.starts)

    def offset(self, row: int, utf8_column: int) -> int:
        """The offset of `ast`'s position: row from 1, column in UTF-8 bytes from 0."""
        start = self.starts[row - 1]
        head = self.text[start : start + utf8_column]
        if head.isascii():
            return start + utf8_column
        return start + len(head.encode("utf-8")[:utf8_column].decode("utf-8", "ignore"))

    def span(self, node: ast.expr | ast.stmt | ast.alias | ast.arg | ast.keyword) -> Span:
        """The characters of an `ast` node of this file."""
        assert node.end_lineno is not None and node.end_col_offset is not None
        return Span(
            self.offset(node.lineno, node.col_offset),
            self.offset(node.end_lineno, node.end_col_offset),
        )

    def place(self, node: ast.expr | ast.stmt | ast.alias | ast.arg | ast.keyword) -> Place:
        return Place(self.path, self.span(node))

    def location(self, offset: int) -> Location:
        row = bisect_right(self.starts, offset)
        return Location(row, offset - self.starts[row - 1] + 1)

    def locations(self, span: Span) -> tuple[Location, Location]:
        return self.location(span.start), self.location(span.end)

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]


def _declares_encoding(data: bytes) -> bool:
    """False if the first two lines, where a file says how it is encoded, say nothing."""
    second = data.find(b"\n") + 1
    end = data.find(b"\n", second) if second else -1
    head = data if end < 0 else data[:end]
    return b"coding" in head or head.startswith(codecs.BOM_UTF8)
