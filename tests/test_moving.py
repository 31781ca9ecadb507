"""Places through edits, and edits between texts."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from codemods.edits import Edit, apply_edits
from codemods.moving import Journal, after, backward, between, forward
from codemods.source import Place, SourceFile, Span

PATH = Path("/x.py")


def _edit(start: int, end: int, content: str) -> Edit:
    return Edit(PATH, Span(start, end), content)


def test_offsets_move_with_the_text_around_them() -> None:
    edits = [_edit(2, 2, "AB"), _edit(5, 8, "x")]
    # 0123456789 -> 01AB234x89
    assert [forward(offset, edits) for offset in (0, 2, 4, 6, 8, 9)] == [0, 4, 6, 8, 8, 9]
    assert [backward(offset, edits) for offset in (0, 4, 6, 8, 9)] == [0, 2, 4, 8, 9]


def test_a_place_goes_back_through_all_steps() -> None:
    journal = Journal()
    journal.add(PATH, (_edit(0, 0, "one\n"),))
    journal.add(PATH, (_edit(4, 4, "two\n"),))
    assert journal.back(Place(PATH, Span(8, 10)), journal.state()) == Place(PATH, Span(0, 2))
    assert journal.back(Place(PATH, Span(4, 6)), {PATH: 1}) == Place(PATH, Span(0, 2))
    assert journal.back(Place(PATH, Span(4, 6)), {}) == Place(PATH, Span(4, 6))
    assert journal.only(PATH) == ()


def test_a_place_that_an_edit_extends_keeps_its_start() -> None:
    place = Place(PATH, Span(4, 9))
    assert after(place, [_edit(9, 9, ".options(x)")]) == Place(PATH, Span(4, 20))


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\r\n", "\u2028x\n", "d"]), max_size=12)


@given(LINES, LINES)
def test_edits_between_two_texts_lead_from_one_to_the_other(
    one: list[str], other: list[str]
) -> None:
    before = SourceFile(PATH, "".join(one).encode())
    later = SourceFile(PATH, "".join(other).encode())
    assert apply_edits(before, between(before, later)) == later.data


@given(LINES, LINES)
def test_offsets_outside_of_edits_come_back(one: list[str], other: list[str]) -> None:
    before = SourceFile(PATH, "".join(one).encode())
    later = SourceFile(PATH, "".join(other).encode())
    edits = between(before, later)
    for offset in range(len(before.text)):
        if not any(e.span.start <= offset < max(e.span.end, e.span.start + 1) for e in edits):
            assert backward(forward(offset, edits), edits) == offset
            assert later.text[forward(offset, edits)] == before.text[offset]
