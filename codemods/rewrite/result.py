"""From the text that came out to edits of the file, and the check that it is what was meant."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right

from codemods.edits import Edit, Hunk, changes
from codemods.rewrite.error import RewriteError
from codemods.rewrite.view import View, parsed, statements
from codemods.source import Span

_TOKEN = re.compile(
    r"""[rbfuRBFU]{0,2}(?:"[^"\n]*"|'[^'\n]*')|\w+|[ \t]+|\n[ \t]*|[^\w\s]|\s""", re.DOTALL
)


def final_edits(view: View, after: str) -> tuple[Edit, ...]:
    """The smallest edits that make the file's text into `after`, which has line feeds.

    Raises:
        RewriteError: if `after` does not parse, or the file's encoding cannot hold it.
    """
    tree = parsed(after, view.source, view.parse)
    old, new = _lines(view.text), _lines(after)
    hunks = changes(old, new)
    if not _untouched(view.tree, hunks) <= _beginnings(tree):
        raise RewriteError("the edits change what is outside them")
    edits = tuple(
        _edit(view, span, content) for span, content in _minimal(view.text, old, new, hunks)
    )
    for edit in edits:
        try:
            edit.content.encode(view.source.encoding)
        except UnicodeEncodeError as error:
            missing = edit.content[error.start : error.end]
            message = f"the file's encoding, {view.source.encoding}, has no {missing!r}"
            raise RewriteError(message) from error
    return edits


def _beginnings(tree: ast.Module) -> set[tuple[int, int, str]]:
    """Where which statements begin."""
    return {(node.lineno, node.col_offset, type(node).__name__) for node in statements(tree)}


def _untouched(tree: ast.Module, hunks: list[Hunk]) -> set[tuple[int, int, str]]:
    """Where the statements on lines that no hunk has must begin afterwards."""
    starts = [hunk[0] for hunk in hunks]
    found = set()
    for row, column, kind in _beginnings(tree):
        index = bisect_right(starts, row - 1)
        _, end, _, new_end = hunks[index - 1] if index else (0, 0, 0, 0)
        if row - 1 >= end:
            found.add((row - end + new_end, column, kind))
    return found


def _edit(view: View, span: Span, content: str) -> Edit:
    start, end = view.to_file(span.start), view.to_file(span.end)
    newline = view.newline_at(span.start)
    return Edit(view.source.path, Span(start, end), content.replace("\n", newline))


def _minimal(
    before: str, old: list[str], new: list[str], hunks: list[Hunk]
) -> list[tuple[Span, str]]:
    """The edits by lines, without the tokens that their lines have in common at both ends."""
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    found = []
    for i1, i2, j1, j2 in hunks:
        removed, added = "".join(old[i1:i2]), "".join(new[j1:j2])
        left, right = _common(_TOKEN.findall(removed), _TOKEN.findall(added))
        start, end = starts[i1] + left, starts[i2] - right
        content = added[left : len(added) - right]
        if start == end:
            start = end = start - _slide(before[starts[i1] : start], content)
            content = added[start - starts[i1] :][: len(content)]
        found.append((Span(start, end), content))
    return found


def _slide(before: str, content: str) -> int:
    """How far to the left an insertion means the same and begins with a dot or a comma."""
    for length in (1, 2):
        tail = content[-length:]
        if before.endswith(tail) and tail.startswith((".", ",")):
            return length
    return 0


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [*(f"{line}\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]


def _common(before: list[str], after: list[str]) -> tuple[int, int]:
    """How many characters the tokens that two lists have in common at each end are long."""
    limit = min(len(before), len(after))
    left = 0
    while left < limit and before[left] == after[left]:
        left += 1
    right = 0
    while right < limit - left and before[-1 - right] == after[-1 - right]:
        right += 1
    return sum(map(len, before[:left])), sum(map(len, before[len(before) - right :]))
