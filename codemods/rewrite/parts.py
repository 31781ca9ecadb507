"""Parts of long blocks: a statement's change needs its neighbours and no more."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from codemods.rewrite.view import Block, View
from codemods.source import Span


def parts_around(view: View, block: Block, planned: Sequence[int]) -> Iterator[Block]:
    """The block around the statements that change, without those far from any of them."""
    count = len(block.statements)
    divisions = [0, *(i for i in range(1, count) if _begins_line(view, block, i)), count]
    near: list[tuple[int, int]] = []
    for index in planned:
        at = bisect_right(divisions, index)
        first, last = divisions[max(at - 2, 0)], divisions[min(at + 1, len(divisions) - 1)]
        if near and first <= near[-1][1]:
            first, last = near.pop()[0], last
        near.append((first, last))
    for first, last in near:
        start = view.line_start(block.spans[first].start) if first else block.span.start
        end = block.span.end
        if last < count:
            end = view.line_end(block.spans[last - 1].end) + 1
            while view.continued(end) and end < len(view.text):
                end = view.line_end(end) + 1
        part = slice(first, last)
        span = Span(start, end)
        yield replace(block, statements=block.statements[part], spans=block.spans[part], span=span)


def _begins_line(view: View, block: Block, index: int) -> bool:
    """Whether a statement is the first one on its line."""
    start = view.line_start(block.spans[index].start)
    before = view.text[start : block.spans[index].start]
    return not block.inline and before == block.indent and not view.continued(start)
