"""Offsets and an editor's positions, against counting character by character."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from codemods.lsp.positions import Positions
from codemods.source import SourceFile, Span

PATH = Path("file.py").resolve()
ENCODINGS = ["utf-8", "utf-16", "utf-32"]

TEXTS = st.text(alphabet="ab \té漢🐍\n\r\x0c\x0b\x85\u2028\u0301", max_size=40)


def positions(text: str, encoding: str) -> Positions:
    return Positions(SourceFile(PATH, text.encode()), encoding)


def counted(text: str, offset: int, encoding: str) -> types.Position:
    """The definition: lines end at \\n, \\r\\n and \\r, columns count code units."""
    line = column = 0
    for index, character in enumerate(text[:offset]):
        within_pair = character == "\r" and text[index + 1 : index + 2] == "\n"
        if character == "\n" or (character == "\r" and not within_pair):
            line, column = line + 1, 0
        else:
            width = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding]
            size = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
            column += len(character.encode(width)) // size
    return types.Position(line, column)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, data=st.data())
def test_an_offset_is_where_one_counts_to(encoding: str, text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    convert = positions(text, encoding)
    assert convert.position(offset) == counted(text, offset, encoding)
    inside_a_pair = text[offset - 1 : offset + 1] == "\r\n" and offset > 0
    if not inside_a_pair:
        assert convert.offset(convert.position(offset)) == offset


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, line=st.integers(0, 50), character=st.integers(0, 200))
def test_any_position_is_in_the_text(encoding: str, text: str, line: int, character: int) -> None:
    offset = positions(text, encoding).offset(types.Position(line, character))
    assert 0 <= offset <= len(text)


def test_a_position_beyond_its_line_is_the_lines_end() -> None:
    convert = positions("ab\r\ncd\r\n", "utf-16")
    assert convert.offset(types.Position(0, 99)) == 2
    assert convert.offset(types.Position(9, 0)) == 8


def test_a_byte_order_mark_in_the_buffer_counts_on_the_first_line_only() -> None:
    convert = Positions(SourceFile(PATH, "\ufeffab\ncd".encode()), "utf-16", lead=True)
    assert convert.range(Span(1, 4)) == types.Range(types.Position(0, 2), types.Position(1, 1))
    assert convert.offset(types.Position(0, 2)) == 1
    assert convert.offset(types.Position(1, 1)) == 4
