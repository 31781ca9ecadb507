"""How the file is laid out, and the new code like it."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from codemods.rewrite.black_style import BlackStyle, black_style, kept_lines, told_width
from codemods.rewrite.regions import NEIGHBOURS, Region, replaced, whole
from codemods.rewrite.trees import whole_strings
from codemods.rewrite.view import View
from codemods.rewrite.wrapping import wrapped
from codemods.source import Span

_HEAD = 60
_SINGLE_QUOTED = re.compile(r"""[a-zA-Z]{0,2}'(?!'')[^'"\\\n]*'""")
_QUOTED = re.compile(r"""(?<!["'\\\w])[rRbBfFuU]{0,2}("|')(?!["'])""")


class Layout:
    """The style of a file: black's if black would leave the file alone, or nearly; else its own."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def quote(self) -> str:
        """The quote that most of the file's strings have; a double one where it is open."""
        quotes = _QUOTED.findall(self._view.text)
        return "'" if quotes.count("'") > quotes.count('"') else '"'

    @property
    def is_black(self) -> bool:
        """True if black lays out what is new."""
        return self._black is not None

    @cached_property
    def width(self) -> int:
        """How wide a line may be: as wide as the widest line of code, within 79 and 120, and no wider
        than a formatter of the project is told."""
        if self._black:
            return self._black.width
        lines = self._view.text.split("\n")
        code = (len(line) for line in lines if not line.lstrip().startswith("#"))
        widest = max(79, max((length for length in code if length <= 120), default=79))
        return min(widest, told_width(self._view.source.path) or widest)

    @cached_property
    def _black(self) -> BlackStyle | None:
        if self._view.indent != "    ":
            return None
        view = self._view
        return black_style(view.source.path, view.text, self._head(), self._single_quoted())

    def _head(self) -> str:
        """The statements that begin on the first lines of a long file."""
        count = bisect_right(self._view.boundaries, self._view.row_start(_HEAD))
        head = self._view.text[: self._end(count)] if self._view.tree.body else ""
        return head if 5 * len(head) < len(self._view.text) else ""

    def _single_quoted(self) -> bool:
        """Whether a string is in single quotes that black would put in double ones."""
        return any(
            _SINGLE_QUOTED.match(self._view.text, self._view.node_span(node).start)
            for node in whole_strings(self._view.tree)
        )

    def formatted(self, regions: Sequence[Region]) -> list[Region]:
        """The regions with the layout of the rest."""
        if not self._black:
            return [self._wrapped(region) for region in regions]
        if not self._black.exact:
            return [self._by_black_there(self._black, r) or self._wrapped(r) for r in regions]
        if self._black.divisible:
            parts = [self._neighbours(region) for region in regions]
            length = sum(len(above) + len(below) for above, below in parts)
            length += sum(len(region.text) for region in regions)
            # two runs over each part tell whether the rest of the file matters
            if 3 * length < len(self._view.text):
                given = zip(regions, parts, strict=True)
                done = [self._by_black(self._black, region, *around) for region, around in given]
                known = [region for region in done if region is not None]
                if len(known) == len(done):
                    return known
        return [whole(self._view, self._black.formatted(replaced(self._view, regions)))]

    def _wrapped(self, region: Region) -> Region:
        return replace(region, text=wrapped(self._view, region, self.width), new=())

    def _neighbours(self, region: Region) -> tuple[str, str]:
        """The statements above and below a region on which its blank lines depend."""
        view, starts = self._view, self._view.boundaries
        begin = starts[max(region.first - NEIGHBOURS, 0)] if region.first else 0
        above = view.text[begin : self._end(region.first)] if region.first else ""
        below = ""
        if region.last < len(starts):
            below = view.text[starts[region.last] : self._end(region.last + 1)]
        return above, below

    def _by_black(self, style: BlackStyle, region: Region, above: str, below: str) -> Region | None:
        """What black makes of a region among its neighbours; None where only all of it tells."""
        start = self._end(region.first) if region.first else 0
        gap = self._view.text[start : region.old.start]
        try:
            text = style.formatted_part(f"{above}{gap}{region.text}{below}")
        except ValueError:
            return None
        if not (text.startswith(above) and text.endswith(below)):
            return None
        text = text[len(above) : len(text) - len(below)]
        return Region(Span(start, region.old.end), text, region.first, region.last)

    def _by_black_there(self, style: BlackStyle, region: Region) -> Region | None:
        """What black makes of what is new in a region, with the rest of it as it was."""
        above, below = self._neighbours(region)
        start = self._end(region.first) if region.first else 0
        gap = self._view.text[start : region.old.start]
        old = f"{above}{gap}{self._view.slice(region.old)}{below}"
        new = f"{above}{gap}{region.text}{below}"
        try:
            text = kept_lines(style.formatted_part(old), style.formatted_part(new), old)
        except ValueError:
            return None
        if not (text.startswith(above) and text.endswith(below) and _alike(text, new)):
            return None
        text = text[len(above) : len(text) - len(below)]
        return Region(Span(start, region.old.end), text, region.first, region.last)

    def _end(self, boundary: int) -> int:
        """Where the line ends that the last statement above a boundary ends on."""
        view = self._view
        last = view.tops(boundary - 1, boundary)[-1]
        return min(view.line_end(view.node_span(last).end) + 1, len(view.text))


def _alike(text: str, other: str) -> bool:
    """True if two texts are the same code."""
    try:
        return ast.dump(ast.parse(text)) == ast.dump(ast.parse(other))
    except SyntaxError:
        return False
