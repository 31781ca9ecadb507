"""What keys of a String column have to be known as, for a dict to find what the database does."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_lookups import findings, stopped

TEXT = {
    "an annotation": ("codes: list[str]", "codes", "code"),
    "what a parameter is made into": ("codes", "codes", "str(code)"),
    "a formatted text": ("codes", "codes", 'f"c{code}"'),
    "two texts": ("codes", "codes", '"c" + code'),
    "parts of a text": ("text: str", 'text.split(",")', "code.strip()"),
    "values of a dict": ("rows: list[dict[str, str]]", "rows", 'code["code"]'),
    "cells": ("file", "csv.DictReader(file)", 'code["code"]'),
    "cells by number": ("file", "csv.reader(file)", "code[0]"),
    "a dataclass": ("lines: list[Line]", "lines", "code.code"),
    "an alias": ("codes: Codes", "codes", "code"),
    "a new type": ("codes: list[Code]", "codes", "code"),
    "a choice": ("codes: list[Literal['a', 'b']]", "codes", "code"),
    "literals": ("", '("a", "b")', "code"),
}
ANYTHING = {
    "no annotation": ("codes", "codes", "code"),
    "numbers and text": ("codes: list[str | int]", "codes", "code"),
    "objects": ("lines", "lines", "code.code"),
    "cells with numbers": (
        "file", "csv.reader(file, quoting=csv.QUOTE_NONNUMERIC)", "code[0]"
    ),
    "a default that is no text": ("file", "csv.DictReader(file, restval=0)", 'code["code"]'),
    "a cell or a number": ("file", "csv.DictReader(file)", '(code["code"] or 1)'),
    "another dict": ("rows", "rows", 'code["code"]'),
    "items of JSON": ("body: str", "json.loads(body)", "code"),
}  # fmt: skip
CODE = """
    import csv
    import json
    from dataclasses import dataclass
    from typing import Literal, NewType

    Code = NewType("Code", str)
    Codes = list[str]


    @dataclass
    class Line:
        code: str
        price: int


    def made({parameter}, session: Session):
        found = []
        for code in {iterable}:
            found.append(session.query(List).filter(List.code == {key}).first())
        return found
"""


def _stopped(folder: Path, parameter: str, iterable: str, key: str) -> bool:
    code = CODE.format(parameter=parameter, iterable=iterable, key=key).replace("(, ", "(")
    (finding,) = findings(folder, code)
    return "keys-equal" in stopped(finding)


@pytest.mark.parametrize("name", TEXT)
def test_text(tmp_path: Path, name: str) -> None:
    assert not _stopped(tmp_path, *TEXT[name])


@pytest.mark.parametrize("name", ANYTHING)
def test_anything(tmp_path: Path, name: str) -> None:
    assert _stopped(tmp_path, *ANYTHING[name])
