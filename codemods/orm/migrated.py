"""The indexes that a project's migrations make, which the models need not know of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.orm.frames import Program

_NAME = r"""(?:[\w.]+\(\s*)?(?:None|f?["'][^"']*["'])\s*\)?"""
_CREATED = re.compile(
    rf"""create_index\(\s*(?:index_name\s*=\s*)?{_NAME}\s*,\s*(?:table_name\s*=\s*)?"""
    r"""["'](?P<table>[\w.]+)["']\s*,\s*(?:columns\s*=\s*)?[\[(]\s*(?P<first>[^\],)]+)"""
)
_BATCH = re.compile(r"""batch_alter_table\(\s*(?:table_name\s*=\s*)?["'](?P<table>[\w.]+)["']""")
_IN_BATCH = re.compile(
    rf"""create_(?:index|unique_constraint)\(\s*{_NAME}\s*,\s*[\[(]\s*(?P<first>[^\],]+)"""
)
_UNIQUE = re.compile(
    rf"""create_unique_constraint\(\s*{_NAME}\s*,\s*["'](?P<table>[\w.]+)["']\s*,"""
    r"""\s*[\[(]\s*(?P<first>[^\],)]+)"""
)
_SQL = re.compile(
    r"""create\s+(?:unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?[\w"`.]+\s+on\s+"""
    r"""(?P<table>[\w"`.]+)\s*(?:using\s+\w+\s*)?\(\s*(?P<first>[\w"`]+)""",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_TOLD = (b"create_index(", b"create_unique_constraint(", b"create index", b"unique index")


def migrated(program: Program) -> frozenset[tuple[str, str]]:
    """Tables, each with a column that an index of a migration begins with."""
    return program.one(_migrated)


def _migrated(program: Program) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for source in program.files():
        data = source.data.lower()
        if any(word in data for word in _TOLD):
            found |= set(_read(source.text))
    return frozenset(found)


def _read(text: str) -> Iterator[tuple[str, str]]:
    for pattern in (_CREATED, _UNIQUE, _SQL):
        for match in pattern.finditer(text):
            yield from _pairs(match["table"], match["first"])
    batches = [*_BATCH.finditer(text)]
    ends = [*(batch.start() for batch in batches), len(text)][1:]
    for batch, end in zip(batches, ends, strict=False):
        for match in _IN_BATCH.finditer(text, batch.end(), end):
            yield from _pairs(batch["table"], match["first"])


def _pairs(table: str, first: str) -> Iterator[tuple[str, str]]:
    """The table with the column; `sa.text("created DESC")` has it among other words."""
    for word in _WORD.findall(first):
        yield re.sub(r'["`]', "", table), word
