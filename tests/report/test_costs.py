"""Which formulas are told: those that say something."""

from __future__ import annotations

import pytest

from codemods.finding import Amount, Cost
from codemods.report.costs import rows_told, statements_told


@pytest.mark.parametrize(
    ("before", "after", "statements", "rows"),
    [
        (("1 + tools", "tools"), ("2", "shelves"), ("1 + tools", "2"), ("tools", "shelves")),
        (("1 + tools", "tools"), ("2", "tools"), ("1 + tools", "2"), ()),
        (("1", "tools"), ("1", "1"), ("1", "1"), ("tools", "1")),
        (("1 + tools", "tools"), None, ("1 + tools",), ()),
        (("2", "tools"), None, ("2",), ("tools",)),
    ],
)
def test_told(
    before: tuple[str, str],
    after: tuple[str, str] | None,
    statements: tuple[str, ...],
    rows: tuple[str, ...],
) -> None:
    cost = Cost(Amount(*before), Amount(*after) if after else None)
    assert statements_told(cost) == statements
    assert rows_told(cost) == rows
