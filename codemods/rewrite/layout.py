"""How the file is laid out, and the new code like it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from codemods.rewrite.black_style import BlackStyle, black_style
from codemods.rewrite.splices import Splice, spliced_spans
from codemods.rewrite.view import View
from codemods.rewrite.wrapping import wrapped

_QUOTED = re.compile(r"""(?<!["'\\\w])[rRbBfFuU]{0,2}("|')(?!["'])""")


class Layout:
    """The style of a file: black's if black would leave the file alone, else its own."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def quote(self) -> str:
        """The quote that most of the file's strings have; a double one where it is open."""
        quotes = _QUOTED.findall(self._view.text)
        return "'" if quotes.count("'") > quotes.count('"') else '"'

    @cached_property
    def width(self) -> int:
        """How wide a line may be: as wide as the widest line of code, within 79 and 120."""
        if self._black:
            return self._black.width
        lines = self._view.text.split("\n")
        code = (len(line) for line in lines if not line.lstrip().startswith("#"))
        return max(79, max((length for length in code if length <= 120), default=79))

    @cached_property
    def _black(self) -> BlackStyle | None:
        return black_style(self._view.source.path, self._view.text, self._view.indent)

    def formatted(self, text: str, splices: Sequence[Splice]) -> str:
        """The text after `splices` with the layout of the rest."""
        if self._black:
            return self._black.formatted(text)
        return wrapped(self._view, text, list(spliced_spans(splices)), self.width)
