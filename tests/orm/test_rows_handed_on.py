"""Rows that a function has made, and hands to one that adds them: which table that writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_batch import project, stopped

from codemods import engine

REPOSITORY = """
from sqlalchemy.orm import Session

from app.models import Customer, Order


class Rows:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, row):
        self.session.add(row)
        return row


def known(session: Session, keys: list[int]) -> list[str]:
    rows, found = Rows(session), []
    for key in keys:
        customer = session.query(Customer).filter(Customer.id == key).one_or_none()
        if customer is not None:
            found.append(customer.name)
            rows.add(Order(customer_id=1, seller_id=1))
    return found
"""


@pytest.mark.parametrize(
    ("made", "written"),
    [("Order(customer_id=1, seller_id=1)", False), ("Customer(id=key, name='x')", True)],
)
@pytest.mark.parametrize("kept", ["", "row = "])
def test_what_a_repository_adds(tmp_path: Path, made: str, written: bool, kept: str) -> None:
    old = "rows.add(Order(customer_id=1, seller_id=1))"
    text = REPOSITORY.replace(old, f"{kept}rows.add({made})")
    root = project(tmp_path, {"app/loops.py": text})
    report = engine.check([root], select=["hoist-lookup"], root=root)
    (finding,) = report.findings
    assert ("table-not-written" in stopped(finding)) is written
