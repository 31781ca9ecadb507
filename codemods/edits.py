"""Edits: ranges of a file's text and what takes their place; bytes and diffs made from them.

`git apply` takes the diffs byte for byte: a line ends in a line feed and in nothing else, so that
carriage returns, form feeds and the separators of Unicode are part of their line.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from codemods.source import SourceFile, Span

_CONTEXT = 3

# Lines (or tokens) i1:i2 of one side have become j1:j2 of the other.
Hunk: TypeAlias = tuple[int, int, int, int]


class OverlapError(ValueError):
    """Two edits touch the same text, or insert at the same offset."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `content` where `span` is, in characters of the decoded text of the file `path`."""

    path: Path
    span: Span
    content: str


def apply_edits(source: SourceFile, edits: Iterable[Edit]) -> bytes:
    """The bytes of `source` after `edits`, which may come in any order.

    Raises:
        OverlapError: if two of them overlap or insert at one offset.
        UnicodeEncodeError: if the file's encoding lacks a character of the new text.
    """
    pieces: list[str] = []
    position = 0
    previous: Span | None = None
    for edit in sorted(edits, key=lambda item: item.span):
        if edit.span.start < position or edit.span == previous:
            raise OverlapError(f"{source.path}: edits overlap at offset {edit.span.start}")
        pieces += source.text[position : edit.span.start], edit.content
        position = edit.span.end
        previous = edit.span
    return source.encode("".join(pieces) + source.text[position:])


def changes(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Hunk]:
    """The ranges in which two sequences differ, in order; lines that occur once hold them."""
    found: list[Hunk] = []
    pending = [(0, len(before), 0, len(after))]
    while pending:
        i1, i2, j1, j2 = _trimmed(before, after, *pending.pop())
        if i1 == i2 or j1 == j2:
            found += [(i1, i2, j1, j2)] if (i1, j1) != (i2, j2) else []
            continue
        anchors = _anchors(before[i1:i2], after[j1:j2])
        if anchors:
            ends = [(i1 + i, j1 + j) for i, j in anchors]
            starts = [(i1, j1), *((i + 1, j + 1) for i, j in ends)]
            spans = zip(starts, [*ends, (i2, j2)], strict=True)
            pending += [(i, end_i, j, end_j) for (i, j), (end_i, end_j) in spans]
            continue
        matcher = difflib.SequenceMatcher(None, before[i1:i2], after[j1:j2], autojunk=False)
        found += (
            (i1 + a1, i1 + a2, j1 + b1, j1 + b2)
            for tag, a1, a2, b1, b2 in matcher.get_opcodes()
            if tag != "equal"
        )
    return sorted(found)


def _trimmed(
    before: Sequence[Hashable], after: Sequence[Hashable], i1: int, i2: int, j1: int, j2: int
) -> Hunk:
    """A range without what both sides begin and end with."""
    while i1 < i2 and j1 < j2 and before[i1] == after[j1]:
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and before[i2 - 1] == after[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
    return i1, i2, j1, j2


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The longest run of pairs, in order on both sides, of what occurs once on each."""
    counts, others = Counter(before), Counter(after)
    places = {item: index for index, item in enumerate(after) if others[item] == 1}
    pairs = [
        (i, places[item]) for i, item in enumerate(before) if counts[item] == 1 and item in places
    ]
    tops: list[int] = []
    piles: list[tuple[int, int, int]] = []
    last: list[int] = []
    for number, (i, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        piles.append((i, j, last[pile - 1] if pile else -1))
        tops[pile : pile + 1] = [j]
        last[pile : pile + 1] = [number]
    run = []
    at = last[-1] if last else -1
    while at >= 0:
        i, j, at = piles[at]
        run.append((i, j))
    return run[::-1]


def unified_diff(before: bytes, after: bytes, name: str) -> bytes:
    """A unified diff that `git apply` accepts: nothing if both sides are equal.

    Args:
        name: the file's path relative to the repository, with forward slashes.
    """
    old, new = _lines(before), _lines(after)
    groups = list(_groups(changes(old, new)))
    if not groups:
        return b""
    parts = [b"--- " + _quoted(f"a/{name}") + b"\n+++ " + _quoted(f"b/{name}") + b"\n"]
    parts += (_rendered(group, old, new) for group in groups)
    return b"".join(parts)


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _groups(hunks: Iterable[Hunk]) -> Iterator[list[Hunk]]:
    """Hunks whose context touches go under one header."""
    group: list[Hunk] = []
    for hunk in hunks:
        if group and hunk[0] - group[-1][1] > 2 * _CONTEXT:
            yield group
            group = []
        group.append(hunk)
    if group:
        yield group


def _rendered(group: list[Hunk], old: list[bytes], new: list[bytes]) -> bytes:
    first, last = group[0], group[-1]
    before = min(first[0], _CONTEXT)
    after = min(len(old) - last[1], _CONTEXT)
    start, end = first[0] - before, last[1] + after
    header = f"@@ -{_range(start, end)} +{_range(first[2] - before, last[3] + after)} @@\n"
    parts = [header.encode()]
    position = start
    for i1, i2, j1, j2 in group:
        parts += (_marked(b" ", line) for line in old[position:i1])
        parts += (_marked(b"-", line) for line in old[i1:i2])
        parts += (_marked(b"+", line) for line in new[j1:j2])
        position = i2
    parts += (_marked(b" ", line) for line in old[position:end])
    return b"".join(parts)


def _range(start: int, end: int) -> str:
    length = end - start
    if length == 1:
        return f"{start + 1}"
    return f"{start + 1 if length else start},{length}"


def _marked(sign: bytes, line: bytes) -> bytes:
    if line.endswith(b"\n"):
        return sign + line
    return sign + line + b"\n\\ No newline at end of file\n"


_ESCAPES = {7: b"\\a", 8: b"\\b", 9: b"\\t", 10: b"\\n", 11: b"\\v", 12: b"\\f", 13: b"\\r"}
_ESCAPES |= {ord('"'): b'\\"', ord("\\"): b"\\\\"}


def _quoted(name: str) -> bytes:
    """A file's name as git writes it: in C's quotes if it must be, else a tab ends a blank."""
    data = name.encode("utf-8", "surrogateescape")
    if all(32 <= byte < 127 and byte not in _ESCAPES for byte in data):
        return data + (b"\t" if b" " in data else b"")
    escaped = (
        _ESCAPES.get(byte) or (b"%c" % byte if 32 <= byte < 127 else b"\\%03o" % byte)
        for byte in data
    )
    return b'"' + b"".join(escaped) + b'"'
