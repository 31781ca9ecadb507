"""Comments in pieces of code, so that none of them is lost."""

from __future__ import annotations

import re
from collections import Counter

_STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|.)*?"""'
    r"|'''(?:\\.|.)*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'(?:\\.|[^'\\\n])*'"
    r"|(?P<comment>\#[^\n]*)",
    re.DOTALL,
)


def comments(code: str) -> list[str]:
    """The comments of a piece of code, from top to bottom."""
    if "#" not in code:
        return []
    found = (match["comment"] for match in _STRING_OR_COMMENT.finditer(code))
    return [comment.rstrip() for comment in found if comment]


def lost_comments(before: str, after: str) -> list[str]:
    """The comments of `before` that `after` does not have."""
    kept = Counter(comments(after))
    lost = []
    for comment in comments(before):
        if kept[comment]:
            kept[comment] -= 1
        else:
            lost.append(comment)
    return lost


def without_strings(code: str) -> str:
    """A piece of code without its strings and comments."""
    return _STRING_OR_COMMENT.sub("", code)
