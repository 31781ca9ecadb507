"""Patterns of a `.gitignore` or of a setting, and what they say of a path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_FINAL_CLASS = re.compile(r"([^\[\]]*)\[([A-Za-z0-9]+)\]")


class Patterns:
    """Patterns that hold below the folder `base`, which is written with slashes."""

    def __init__(self, base: str, lines: Iterable[str]) -> None:
        self._prefix = f"{base.rstrip('/')}/"
        self._lines = tuple(
            (word, line)
            for line in lines
            if line.strip() and not line.lstrip().startswith("#")
            for word in _words(line)
        )

    def decide(self, name: str, *, folder: bool) -> bool | None:
        """True to take the path in, False to leave it out (`!pattern`), None: nothing is said."""
        if not self._lines or not name.startswith(self._prefix):
            return None
        relative = name[len(self._prefix) :] + ("/" if folder else "")
        possible = tuple([line for word, line in self._lines if word in relative])
        return _spec(possible).check_file(relative).include if possible else None

    def match(self, name: str, *, folder: bool) -> bool:
        return self.decide(name, folder=folder) is True


@cache
def _spec(lines: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _words(line: str) -> tuple[str, ...]:
    """One of these is part of every path that the pattern matches.

    Looking for a word is a tenth of the work of matching a pattern, and few paths have any.
    """
    text = line.strip().removeprefix("!")
    if "\\" in text:
        return ("",)
    if match := _FINAL_CLASS.fullmatch(text):
        last = re.split(r"[*?/]", match.group(1))[-1]
        return tuple(last + letter for letter in match.group(2))
    return (max(re.split(r"[*?/]+", text.partition("[")[0]), key=len),)
