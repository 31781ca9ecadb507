"""Sums over rows that another file fetches, or hands over."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods import check

FILES = {
    "models": """
from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Payment(Base):
    __tablename__ = "payments"
    id = Column(Integer, primary_key=True)
    user_id = Column(Integer, nullable=False)
    amount = Column(Integer)
""",
    "finders": """
from models import Payment


def payments_of(session, user_id):
    return session.query(Payment).filter(Payment.user_id == user_id).all()
""",
    "sums": """
from finders import payments_of
from models import Payment


def total(payments):
    return sum(payment.amount for payment in payments)


def total_of(session, user_id):
    return sum(payment.amount for payment in payments_of(session, user_id))
""",
}
HANDED = """
from finders import payments_of
from models import Payment
from sums import total


def shown(session, user_id):
    return f"{total(%s)} in all"
"""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("payments_of(session, user_id)", {"total", "total_of"}),
        ("session.query(Payment).all()", {"total", "total_of"}),
        ("user_id", {"total_of"}),
    ],
)
def test_rows_of_another_file(tmp_path: Path, given: str, told: set[str]) -> None:
    for name, code in {**FILES, "pages": HANDED % given}.items():
        (tmp_path / f"{name}.py").write_text(code)
    found = check([tmp_path], root=tmp_path, select=("null-in-sum",)).problems
    assert {finding.function for finding in found} == told
    assert {finding.place.path.name for finding in found} == {"sums.py"}
    assert len(found) == len(told)
