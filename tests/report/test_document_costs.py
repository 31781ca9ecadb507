"""What the findings of a function cost together, and how urgent that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.finding import Amount, Cost, Finding, Severity
from codemods.report.document_costs import Priority, priority, total, weight
from codemods.source import Place, Span


def finding(before: str, after: str | None) -> Finding:
    cost = Cost(Amount(before, "rows"), Amount(after, "rows") if after else None)
    place = Place(Path("views.py"), Span(0, 1))
    return Finding("MN201", "hoist-lookup", "a query", Severity.CRITICAL, place, cost=cost)


@pytest.mark.parametrize(
    ("costs", "extra", "before", "after"),
    [
        ([("1 + tests", "1 + ⌈ids/500⌉")], "tests", "1 + tests", "1 + ⌈ids/500⌉"),
        ([("1 + tests", None)], "tests", "1 + tests", None),
        ([("1 + tests", "2"), ("1 + tests", "2")], "2·tests", "1 + 2·tests", "2"),
        ([("6", "1")], "5", "6", "1"),
        ([("6", "1"), ("3", "2")], "6", "9", "3"),
        ([("1 + a·b", "3"), ("4", "1")], "3 + a·b", "4 + a·b", "3"),
        ([("1 + a", "2"), ("1 + b", None)], "a + b", "1 + a + b", "2 + b"),
        ([("1", "1")], "0", "1", "1"),
        ([("1", "1 + 2·⌈acts/500⌉")], "0", "1", "1 + 2·⌈acts/500⌉"),
        ([("2", "1 + ⌈acts/500⌉")], "0", "2", "1 + ⌈acts/500⌉"),
        ([], "0", "0", None),
    ],
)
def test_total(
    costs: list[tuple[str, str | None]], extra: str, before: str, after: str | None
) -> None:
    found = total([finding(*cost) for cost in costs], {})
    assert (found.extra, found.before, found.after) == (extra, before, after)


def test_the_number_needs_every_size() -> None:
    found = [finding("1 + 5·techniques", "6"), finding("1 + users", "2")]
    assert total(found, {"techniques": 700}).count is None
    assert total(found, {"techniques": 700, "users": 20}).count == 3520


@pytest.mark.parametrize(
    ("extra", "severities", "expected"),
    [
        ("a·b", [Severity.HIGH], Priority.P0),
        ("5·techniques", [Severity.CRITICAL], Priority.P0),
        ("2·tests", [Severity.CRITICAL], Priority.P1),
        ("tests", [Severity.HIGH, Severity.CRITICAL], Priority.P1),
        ("tests", [Severity.HIGH], Priority.P2),
        ("5", [Severity.MEDIUM], Priority.P3),
        ("0", [Severity.LOW], Priority.P3),
    ],
)
def test_priority_by_formula(extra: str, severities: list[Severity], expected: Priority) -> None:
    assert priority(extra, None, severities) is expected


@pytest.mark.parametrize(("count", "expected"), [(1000, "P0"), (999, "P1"), (99, "P2"), (9, "P3")])
def test_priority_by_number(count: int, expected: str) -> None:
    assert priority("a·b", count, [Severity.CRITICAL]) == expected


def test_weight_puts_products_first() -> None:
    formulas = ["tests", "5", "orders·lines", "3·tests", "1"]
    assert sorted(formulas, key=weight) == ["1", "5", "tests", "3·tests", "orders·lines"]
