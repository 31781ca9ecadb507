"""Splices: replaced ranges of a view's text, in an order that nested ones can share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from codemods.rewrite.error import RewriteError
from codemods.rewrite.parsing import MARK
from codemods.source import Span


class Side(IntEnum):
    """What an insertion belongs to where several lie at one offset, from left to right."""

    END = 0  # of the expression that ends there
    BETWEEN = 1  # the parts of a larger whole
    START = 2  # of the expression that begins there
    INSTEAD = 3  # of a text that is not empty


@dataclass(frozen=True, slots=True)
class Splice:
    """Put `text` where `start:end` is.

    `extent` is the length of the whole that an insertion belongs to: at its end the inner one
    comes first, at its start the outer one.
    """

    start: int
    end: int
    text: str
    side: Side = Side.INSTEAD
    extent: int = 0

    @property
    def order(self) -> tuple[int, int, int]:
        outer_first = -self.extent if self.side is Side.START else self.extent
        return self.start, self.side, outer_first


def gaps(text: str, span: Span, parts: Sequence[Span], code: str) -> Iterator[Splice]:
    """The splices that make `span` of `text` into `code`, in which marks stand for `parts`.

    What stands in the parts is left alone; a part whose mark is missing is replaced.
    """
    extent = span.end - span.start
    start, position = span.start, 0
    for match in MARK.finditer(code):
        part = parts[int(match[1])]
        yield from _between(start, part.start, text, code[position : match.start()], extent)
        start, position = part.end, match.end()
    yield from _between(start, span.end, text, code[position:], extent)


def _between(start: int, end: int, text: str, after: str, extent: int) -> Iterator[Splice]:
    before = text[start:end]
    if before == after:
        return
    limit = min(len(before), len(after))
    left = 0
    while left < limit and before[left] == after[left]:
        left += 1
    right = 0
    while right < limit - left and before[-1 - right] == after[-1 - right]:
        right += 1
    side = Side.BETWEEN if left + right == len(before) else Side.INSTEAD
    yield Splice(start + left, end - right, after[left : len(after) - right], side, extent)


def spliced_spans(splices: Iterable[Splice]) -> Iterator[Span]:
    """Where the new texts of splices are in the text after them."""
    shift = 0
    for splice in sorted(splices, key=lambda item: item.order):
        start = splice.start + shift
        yield Span(start, start + len(splice.text))
        shift += len(splice.text) - (splice.end - splice.start)


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text after all splices.

    Raises:
        RewriteError: if two of them overlap.
    """
    pieces: list[str] = []
    position = 0
    for splice in sorted(splices, key=lambda item: item.order):
        if splice.start < position:
            raise RewriteError("patches overlap")
        pieces += text[position : splice.start], splice.text
        position = splice.end
    return "".join(pieces) + text[position:]
