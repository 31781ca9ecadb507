"""What the findings of one function cost together, and how urgent that makes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from codemods.finding import Amount, Finding, Severity
from codemods.formula import FormulaError, Term, added, evaluate, terms, united


class Priority(StrEnum):
    """How soon a function is to be looked at."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


# By the extra statements of one call, where the sizes are known.
_THRESHOLDS = ((1000, Priority.P0), (100, Priority.P1), (10, Priority.P2))
_SEVERAL = 3


@dataclass(frozen=True)
class Total:
    """Statements of one call of a function.

    Attributes:
        extra: the formula of those that need not be: `5·techniques`.
        count: their number, where the sizes of all names are configured.
        before: the formula of all that the findings tell of.
        after: the same with the fixes; None where there are none.
    """

    extra: str
    count: int | None
    before: str
    after: str | None


def total(findings: Iterable[Finding], sizes: Mapping[str, int]) -> Total:
    """Add up what the findings of one function cost.

    What does not grow with the data, such as the query of the rows, is counted once.
    """
    costs = [finding.cost for finding in findings if finding.cost]
    pairs = [(_terms(cost.before), _terms(cost.after or cost.before)) for cost in costs]
    extra = added(term for before, after in pairs for term in _extra(before, after))
    before = [before for before, _ in pairs]
    after = [after for _, after in pairs]
    grows = any(_grows(term) for one in before for term in one)
    return Total(
        extra,
        _count(extra, sizes),
        _together(before, once=grows),
        _together(after, once=grows) if any(cost.after for cost in costs) else None,
    )


def priority(extra: str, count: int | None, severities: Sequence[Severity]) -> Priority:
    """How urgent the extra statements of a function are.

    By their number where it is known; else by their formula. P0: a product of two sizes, or three
    and more statements per item; P1: a query per item; P2: another statement per item, such as a
    lazy load; P3: a number that does not grow.
    """
    if count is not None:
        return next((name for least, name in _THRESHOLDS if count >= least), Priority.P3)
    growing = [term for term in _read(extra) if _grows(term)]
    if any(len(term.names) > 1 or term.coefficient >= _SEVERAL for term in growing):
        return Priority.P0
    if not growing:
        return Priority.P3
    return Priority.P1 if Severity.CRITICAL in severities else Priority.P2


def weight(extra: str) -> tuple[int, int]:
    """Orders formulas: by the sizes in a product, then by the statements per item."""
    found = _read(extra)
    return (
        max((len(term.names) for term in found), default=0),
        sum(term.coefficient for term in found),
    )


def _extra(before: Sequence[Term], after: Sequence[Term]) -> list[Term]:
    growing = [term for term in before if _grows(term)]
    if growing or before == after:
        return growing
    less = [Term(-term.coefficient, term.factors) for term in after]
    fewer = list(united([*before, *less]))
    return fewer if all(term.coefficient > 0 for term in fewer) else []


def _together(parts: Sequence[Sequence[Term]], *, once: bool) -> str:
    """The sum of formulas, in which the constant parts are the same statements if `once`."""
    fixed = [sum(t.coefficient for t in part if not t.factors) for part in parts]
    growing = [term for part in parts for term in part if term.factors]
    constant = max(fixed, default=0) if once else sum(fixed)
    return added([Term(constant), *growing])


def _grows(term: Term) -> bool:
    return bool(term.names)


def _terms(amount: Amount) -> tuple[Term, ...]:
    return _read(amount.statements)


def _read(formula: str) -> tuple[Term, ...]:
    try:
        return terms(formula)
    except FormulaError:
        return ()


def _count(formula: str, sizes: Mapping[str, int]) -> int | None:
    try:
        return evaluate(formula, sizes)
    except FormulaError:
        return None
