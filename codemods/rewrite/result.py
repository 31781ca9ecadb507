"""From the text that came out to edits of the file, and the check that it is what was meant."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from codemods.edits import Edit, Hunk, changes
from codemods.rewrite.error import RewriteError
from codemods.rewrite.regions import Region, replaced, whole
from codemods.rewrite.trees import parsed, statements
from codemods.rewrite.view import View
from codemods.source import Span

_TOKEN = re.compile(
    r"""[rbfuRBFU]{0,2}(?:"[^"\n]*"|'[^'\n]*')|\w+|[ \t]+|\n[ \t]*|[^\w\s]|\s""", re.DOTALL
)


def final_edits(view: View, regions: Sequence[Region]) -> tuple[Edit, ...]:
    """The smallest edits that give the file the regions' texts, which have line feeds.

    Raises:
        RewriteError: if it does not parse then, or its encoding cannot hold it.
    """
    try:
        trees = [parsed(region.text, view.source, None) for region in regions]
    except RewriteError:
        regions = [whole(view, replaced(view, regions))]
        trees = [parsed(region.text, view.source, view.parse) for region in regions]
    edits: list[Edit] = []
    for region, tree in zip(regions, trees, strict=True):
        edits += _region_edits(view, region, tree)
    for edit in edits:
        try:
            edit.content.encode(view.source.encoding)
        except UnicodeEncodeError as error:
            missing = edit.content[error.start : error.end]
            message = f"the file's encoding, {view.source.encoding}, has no {missing!r}"
            raise RewriteError(message) from error
    return tuple(edits)


def _region_edits(view: View, region: Region, tree: ast.Module) -> Iterator[Edit]:
    old, new = _lines(view.slice(region.old)), _lines(region.text)
    hunks = changes(old, new)
    before = _beginnings(view.tops(region.first, region.last), view.row(region.old.start) - 1)
    if not _untouched(before, hunks) <= _beginnings(tree.body):
        raise RewriteError("the edits change what is outside them")
    start = region.old.start
    for span, content in _minimal(view.slice(region.old), old, new, hunks):
        yield _edit(view, Span(start + span.start, start + span.end), content)


def _beginnings(body: Sequence[ast.stmt], above: int = 0) -> set[tuple[int, int, str]]:
    """Where which statements begin, in rows below the row `above`."""
    return {
        (node.lineno - above, node.col_offset, type(node).__name__) for node in statements(body)
    }


def _untouched(before: set[tuple[int, int, str]], hunks: list[Hunk]) -> set[tuple[int, int, str]]:
    """Where the statements on lines that no hunk has must begin afterwards."""
    starts = [hunk[0] for hunk in hunks]
    found = set()
    for row, column, kind in before:
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
