from __future__ import annotations

import pytest

from codemods.formula import FormulaError, Term, added, evaluate, names, sum_of, terms

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


@pytest.mark.parametrize(
    ("formula", "expanded"),
    [
        ("0", ""),
        ("3", "3"),
        ("1 + 2·tests", "1, 2·tests"),
        ("tests + 1 + tests", "1, 2·tests"),
        ("2·(orders + 1)·lines", "2·lines, 2·orders·lines"),
        ("1 + 4·⌈ids/500⌉ + ⌈(a + b)/500⌉", "1, 4·⌈ids/500⌉, ⌈(a + b)/500⌉"),
    ],
)
def test_terms(formula: str, expanded: str) -> None:
    assert ", ".join(map(str, terms(formula))) == expanded


@pytest.mark.parametrize("formula", ["1 +", "tests/500", "(1", "·"])
def test_no_terms_of_what_is_not_a_formula(formula: str) -> None:
    with pytest.raises(FormulaError):
        terms(formula)


def test_what_is_added() -> None:
    assert added([*terms("1 + tests"), *terms("1 + tests")]) == "2 + 2·tests"
    assert added([Term(2), Term(-2), *terms("orders·lines")]) == "orders·lines"
    assert added([]) == "0"
    assert sum_of("1", "⌈acts/500⌉", "⌈acts/500⌉") == "1 + 2·⌈acts/500⌉"


def test_only_names_make_a_term_grow() -> None:
    (term,) = terms("5·techniques·⌈ids/500⌉")
    assert term.names == ("techniques",)
