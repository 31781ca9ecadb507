"""Reasons are told in the words of the code."""

from __future__ import annotations

from pathlib import Path

from small_project import make

from codemods import check

TOTALS = """
from app.models import Order


class Tally:
    def __iadd__(self, order):
        return self


def totals(session, tallies):
    total = tallies[0]
    for order in session.query(Order):
        total += len(order.customer.name)
    return total
"""


def test_an_operator_of_an_object(tmp_path: Path) -> None:
    make(tmp_path, totals=TOTALS)
    reasons = {c.reason for f in check([tmp_path]).findings for c in f.preconditions}
    assert "`total += …` may call code that changes the row, or asks queries" in reasons
