"""What findings call the things that they are about."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods import check
from codemods.finding import Finding, Role, Severity
from codemods.orm.naming import plural, singular

MODELS = """
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, object_session, relationship

Base = declarative_base()


class Shop(Base):
    __tablename__ = "shops"
    id = Column(Integer, primary_key=True)
    name = Column(String, nullable=False)
    orders = relationship("Order", back_populates="shop")

    @property
    def lines(self):
        session = object_session(self)
        return session.query(Line).join(Order).filter(Order.shop_id == self.id).all()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    shop_id = Column(Integer, ForeignKey("shops.id"), nullable=False)
    state = Column(String, nullable=False)
    shop = relationship(Shop, back_populates="orders")
    lines = relationship("Line", back_populates="order")


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
    order_id = Column(Integer, ForeignKey("orders.id"), nullable=False)
    order = relationship(Order, back_populates="lines")
"""
HEAD = """
from enum import Enum

from sqlalchemy.orm import Session

from models import Line, Order, Shop


class State(str, Enum):
    OPEN = "open"
    SENT = "sent"


def lines_of(shop: Shop) -> list[Line]:
    found = []
    for order in shop.orders:
        found.extend(order.lines)
    return found


"""


def finding(folder: Path, code: str, rule: str) -> Finding:
    (folder / "models.py").write_text(MODELS)
    (folder / "main.py").write_text(HEAD + code)
    (found,) = check([folder / "main.py"], root=folder, select=(rule,)).problems
    return found


def notes(found: Finding, role: Role) -> list[str]:
    return [note.message for note in found.related if note.role is role]


def test_rows_that_lead_to_those_with_the_property(tmp_path: Path) -> None:
    code = """
def counts(session: Session) -> list[int]:
    return [len(order.shop.lines) for order in session.query(Order)]
"""
    found = finding(tmp_path, code, "batch-helper")
    assert found.message == "the property Shop.lines sends a query for each order"
    assert found.cost is not None and found.cost.before.statements == "1 + orders"


def test_the_loop_over_what_a_row_has(tmp_path: Path) -> None:
    code = """
def count(session: Session, name: str) -> int:
    shop = session.query(Shop).filter(Shop.name == name)[0]
    return len(lines_of(shop))
"""
    (found,) = (
        found
        for found in check_all(tmp_path, code)
        if found.message == "Order.lines is loaded with a query for each order"
    )
    assert notes(found, Role.LOOP) == ["orders are gone through here"]


def check_all(folder: Path, code: str) -> list[Finding]:
    (folder / "models.py").write_text(MODELS)
    (folder / "main.py").write_text(HEAD + code)
    return list(check([folder / "main.py"], root=folder).problems)


@pytest.mark.parametrize(
    ("parameter", "told"),
    [("ids", "for each of these ids"), ("value", "for each item of value")],
)
def test_items_without_a_plural(tmp_path: Path, parameter: str, told: str) -> None:
    code = f"""
def shops(session: Session, {parameter}: list[int]) -> list[Shop]:
    return [session.query(Shop).filter(Shop.id == each).one() for each in {parameter}]
"""
    assert notes(finding(tmp_path, code, "hoist-lookup"), Role.LOOP) == [told]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("'sent'", "where one with `in_()` would do"),
        ("state", "with a list of parameters would do"),
    ],
)
def test_what_sends_one_update(tmp_path: Path, value: str, told: str) -> None:
    code = f"""
def send(session: Session, states: dict[int, str]) -> None:
    for key, state in states.items():
        session.query(Order).filter(Order.id == key).update({{"state": {value}}})
"""
    assert finding(tmp_path, code, "bulk-update").message.endswith(told)


@pytest.mark.parametrize(
    ("states", "severity"), [("State", Severity.MEDIUM), ("states", Severity.CRITICAL)]
)
def test_a_loop_that_no_data_makes_longer(tmp_path: Path, states: str, severity: Severity) -> None:
    code = f"""
def counts(session: Session, states: list[str]) -> list[int]:
    return [session.query(Order).filter(Order.state == state).count() for state in {states}]
"""
    assert finding(tmp_path, code, "hoist-lookup").severity is severity


def test_one_of_several_movies() -> None:
    assert singular("liked_movies") == "liked_movie"
    assert plural("movie") == "movies"


@pytest.mark.parametrize("one", ["alias", "domain_alias"])
def test_one_of_several_aliases(one: str) -> None:
    assert singular(one) == one == singular(plural(one))
