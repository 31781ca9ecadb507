"""Edits: ranges of a file's text and what takes their place; bytes and diffs made from them.

`git apply` takes the diffs byte for byte: a line ends in a line feed and in nothing else, so that
carriage returns, form feeds and the separators of Unicode are part of their line.
"""

from __future__ import annotations

import difflib
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
    """The ranges in which two sequences differ, in order; each is as long as it must be."""
    start = 0
    limit = min(len(before), len(after))
    while start < limit and before[start] == after[start]:
        start += 1
    end = 0
    while end < limit - start and before[-1 - end] == after[-1 - end]:
        end += 1
    matcher = difflib.SequenceMatcher(
        None, before[start : len(before) - end], after[start : len(after) - end], autojunk=False
    )
    return [
        (start + i1, start + i2, start + j1, start + j2)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


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
