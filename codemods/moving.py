"""Places in a text that is edited: where they were before, and where they are after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from codemods.edits import Edit, changes
from codemods.finding import Finding, Fix, Note, Precondition
from codemods.source import Place, SourceFile, Span

Move: TypeAlias = Callable[[Place], Place]


class Journal:
    """The edits that each file went through, one step after the other."""

    def __init__(self) -> None:
        self._steps: dict[Path, list[tuple[Edit, ...]]] = {}

    def add(self, path: Path, edits: tuple[Edit, ...]) -> None:
        self._steps.setdefault(path, []).append(edits)

    def state(self) -> dict[Path, int]:
        """How many steps each file has gone."""
        return {path: len(steps) for path, steps in self._steps.items()}

    def changed_since(self, state: dict[Path, int]) -> set[Path]:
        """The files that have gone a step since then."""
        return {path for path, steps in self._steps.items() if len(steps) > state.get(path, 0)}

    def back(self, place: Place, state: dict[Path, int]) -> Place:
        """Where a place of the text in `state` was in the text of the beginning."""
        for edits in reversed(self._steps.get(place.path, [])[: state.get(place.path, 0)]):
            place = _moved_place(place, partial(backward, edits=edits))
        return place

    def only(self, path: Path) -> tuple[Edit, ...]:
        """The edits of a file that has gone a single step."""
        steps = self._steps.get(path, [])
        return steps[0] if len(steps) == 1 else ()


def after(place: Place, edits: Sequence[Edit]) -> Place:
    """Where a place is once the edits of its file are made."""
    return _moved_place(place, lambda offset: forward(offset, edits))


def forward(offset: int, edits: Iterable[Edit]) -> int:
    shift = 0
    for edit in sorted(edits, key=lambda item: item.span):
        width = edit.span.end - edit.span.start
        if edit.span.end <= offset:
            shift += len(edit.content) - width
        elif edit.span.start < offset:
            return edit.span.start + shift + min(offset - edit.span.start, len(edit.content))
    return offset + shift


def backward(offset: int, edits: Iterable[Edit]) -> int:
    shift = 0
    for edit in sorted(edits, key=lambda item: item.span):
        width = edit.span.end - edit.span.start
        start = edit.span.start + shift
        if start + len(edit.content) <= offset:
            shift += len(edit.content) - width
        elif start < offset:
            return edit.span.start + min(offset - start, width)
    return offset - shift


def _moved_place(place: Place, move: Callable[[int], int]) -> Place:
    start = move(place.span.start)
    return Place(place.path, Span(start, max(start, move(place.span.end))))


def moved(finding: Finding, move: Move) -> Finding:
    """The finding with all of its places moved; its patches keep theirs."""
    return replace(
        finding,
        place=move(finding.place),
        related=tuple(Note(n.role, move(n.place), n.message) for n in finding.related),
        fix=_fix(finding.fix, move) if finding.fix else None,
        alternatives=tuple(_fix(fix, move) for fix in finding.alternatives),
        preconditions=_conditions(finding.preconditions, move),
    )


def _fix(fix: Fix, move: Move) -> Fix:
    return replace(fix, preconditions=_conditions(fix.preconditions, move))


def _conditions(conditions: Iterable[Precondition], move: Move) -> tuple[Precondition, ...]:
    return tuple(replace(c, place=move(c.place)) if c.place else c for c in conditions)


def between(before: SourceFile, later: SourceFile) -> tuple[Edit, ...]:
    """Edits that lead from one text to the other: whole lines, less what they have in common."""
    old, new = before.text.splitlines(keepends=True), later.text.splitlines(keepends=True)
    starts, ends = _offsets(old), _offsets(new)
    return tuple(
        _trimmed(before.path, starts[i1], before.text[starts[i1] : starts[i2]],
                 later.text[ends[j1] : ends[j2]])
        for i1, i2, j1, j2 in changes(old, new)
    )  # fmt: skip


def _offsets(lines: Sequence[str]) -> list[int]:
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    return offsets


def _trimmed(path: Path, start: int, old: str, new: str) -> Edit:
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    span = Span(start + head, start + len(old) - tail)
    return Edit(path, span, new[head : len(new) - tail])
