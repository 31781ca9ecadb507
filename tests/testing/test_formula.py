from __future__ import annotations

import pytest

from codemods.testing import FormulaError, evaluate, names

SIZES = {"orders": 7, "lines": 3, "tests": 1001, "distinct customers": 2}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("3", 3),
        ("1 + orders", 8),
        ("1 + 2·tests", 2003),
        ("1 + orders·lines", 22),
        ("1 + orders + orders·lines", 29),
        ("⌈tests/500⌉", 3),
        ("1 + ⌈tests/500⌉", 4),
        ("⌈(orders + lines)/5⌉", 2),
        ("2·⌈orders·lines/5⌉", 10),
        ("1 + distinct customers", 3),
        ("2·(orders + 1)", 16),
    ],
)
def test_value(formula: str, value: int) -> None:
    assert evaluate(formula, SIZES) == value


def test_a_chunk_of_nothing_is_no_statement() -> None:
    assert evaluate("1 + ⌈tests/500⌉", {"tests": 0}) == 1
    assert evaluate("⌈tests/500⌉", {"tests": 500}) == 1


@pytest.mark.parametrize(
    "formula", ["", "1 +", "1 + + 2", "⌈tests/500", "tests/500", "1 - 2", "(1"]
)
def test_not_a_formula(formula: str) -> None:
    with pytest.raises(FormulaError):
        evaluate(formula, SIZES)


def test_a_name_without_a_size() -> None:
    with pytest.raises(FormulaError, match="no size is given for 'authors'"):
        evaluate("1 + authors", SIZES)


def test_names() -> None:
    assert names("1 + orders·lines + ⌈distinct customers/500⌉ + orders") == [
        "orders",
        "lines",
        "distinct customers",
    ]
