"""The statements of a module that splices touch: the rest of its file need not be looked at again.

A file whose parts between two starts of statements parse, each by itself, parses.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codemods.rewrite.splices import Splice, spliced, spliced_spans
from codemods.rewrite.view import View
from codemods.source import Span

NEIGHBOURS = 2
"""How many statements, at least, lie between two regions."""


@dataclass(frozen=True, slots=True)
class Region:
    """What `text` takes the place of: whole lines, from one statement of the module to another.

    `first` and `last` are indices of `View.boundaries`: the old lines begin with the one and end
    before the other. `new` are the spans of new code in `text`.
    """

    old: Span
    text: str
    first: int
    last: int
    new: tuple[Span, ...] = ()


def touched(view: View, splices: Iterable[Splice]) -> list[Region]:
    """The regions of a view that splices change, from top to bottom.

    Raises:
        RewriteError: if two of the splices overlap.
    """
    starts = view.boundaries
    regions: list[Region] = []
    members: list[Splice] = []
    for splice in sorted(splices, key=lambda item: item.order):
        first = max(bisect_right(starts, splice.start) - 1, 0)
        last = max(bisect_left(starts, splice.end), first + 1)
        if regions and first < regions[-1].last + NEIGHBOURS:
            previous = regions.pop()
            first, last = previous.first, max(previous.last, last)
            members.append(splice)
        else:
            members = [splice]
        regions.append(_region(view, first, last, members))
    return regions


def _region(view: View, first: int, last: int, splices: Sequence[Splice]) -> Region:
    """The region of statements, and of more where the last line would run into the next one."""
    starts = view.boundaries
    while True:
        old = Span(starts[first], starts[last] if last < len(starts) else len(view.text))
        inside = [
            Splice(s.start - old.start, s.end - old.start, s.text, s.side, s.extent)
            for s in splices
        ]
        text = spliced(view.slice(old), inside)
        if last >= len(starts) or not text or text.endswith("\n"):
            return Region(old, text, first, last, tuple(spliced_spans(inside)))
        last += 1


def whole(view: View, text: str) -> Region:
    """The region that is all of a file, with `text` in its place."""
    return Region(Span(0, len(view.text)), text, 0, len(view.boundaries))


def replaced(view: View, regions: Iterable[Region]) -> str:
    """The file's text with the regions in it."""
    return spliced(view.text, [Splice(r.old.start, r.old.end, r.text) for r in regions])
