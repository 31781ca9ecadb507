"""How bad a finding is: by what is sent to the database, whichever rule tells of it.

Critical is a statement per item; high a lazy load per item, or any in async code; medium a constant
number of statements too many; low is the rest, which sends as many as before.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods import check
from codemods.rule import catalogue

MODELS = '''
"""What a shop has."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, deferred, joinedload, relationship

Base = declarative_base()


class Shop(Base):
    __tablename__ = "shops"
    id = Column(Integer, primary_key=True)
    name = Column(String, nullable=False)
    plan = deferred(Column(String))
    sales = relationship("Sale", back_populates="shop")
    visits = relationship("Visit", lazy="dynamic")


class Sale(Base):
    __tablename__ = "sales"
    id = Column(Integer, primary_key=True)
    number = Column(String, nullable=False, unique=True)
    shop_id = Column(Integer, ForeignKey("shops.id"), nullable=False)
    day = Column(Date, nullable=False)
    sent = Column(String)
    paid = Column(Boolean, nullable=False)
    total = Column(Integer, nullable=False)
    tip = Column(Integer)
    town = Column(String)
    seller_id = Column(Integer, nullable=False)
    shop = relationship(Shop, back_populates="sales")
    lines = relationship("Line")
    notes = relationship("Note")


class Seller(Base):
    __tablename__ = "sellers"
    id = Column(Integer, primary_key=True)
    wishes = relationship("Wish", lazy="selectin")
    hints = relationship("Hint", lazy="joined")


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
    sale_id = Column(Integer, ForeignKey("sales.id"), nullable=False)


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    sale_id = Column(Integer, ForeignKey("sales.id"), nullable=False)
    text = Column(String, nullable=False)


class Visit(Base):
    __tablename__ = "visits"
    id = Column(Integer, primary_key=True)
    shop_id = Column(Integer, ForeignKey("shops.id"), nullable=False)


class Wish(Base):
    __tablename__ = "wishes"
    id = Column(Integer, primary_key=True)
    seller_id = Column(Integer, ForeignKey("sellers.id"), nullable=False)


class Hint(Base):
    __tablename__ = "hints"
    id = Column(Integer, primary_key=True)
    seller_id = Column(Integer, ForeignKey("sellers.id"), nullable=False)


def sellers(session):
    return session.query(Sale, Seller).join(Seller, Seller.id == Sale.seller_id).all()
'''
HEAD = """
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, joinedload, load_only, selectinload

from models import Line, Note, Sale, Seller, Shop, Visit


def total(session: Session, number: str) -> int:
    sale = session.query(Sale).filter_by(number=number).first()
    return sale.total if sale else 0


def f(session: Session, items: list, day: date):
"""

FOUND = [
    # a statement for each item
    ("hoist-lookup", "critical", "return [session.query(Sale).filter_by(number=i).first() for i in items]"),
    (
        "hoist-lookup", "medium",
        "return [session.query(Sale).filter_by(town=i).count() for i in ('Rome', 'Oslo', 'Bern')]",
    ),
    (
        "hoist-invariant", "critical",
        "for item in items:\n    print(session.query(Shop).filter(Shop.name == 'x').all(), item)",
    ),
    (
        "batch-helper", "critical",
        "return [total(session, number) for number in items]",
    ),
    (
        "dynamic-in-loop", "critical",
        "return {shop.id: shop.visits.count() for shop in session.query(Shop)}",
    ),
    (
        "fetch-window", "critical",
        "while day < date.today():\n    end = day + timedelta(days=7)\n"
        "    print(session.query(Sale).filter(Sale.day >= day, Sale.day < end).count())\n"
        "    day = end",
    ),
    (
        "like-lookup", "critical",
        "return [session.query(Note).filter(Note.text.contains(item)).first() for item in items]",
    ),
    (
        "merge-counts", "critical",
        "for item in items:\n"
        "    one = session.query(Sale).filter(Sale.town == item, Sale.paid.is_(True)).count()\n"
        "    two = session.query(Sale).filter(Sale.town == item, Sale.paid.is_(False)).count()\n"
        "    print(item, one, two)",
    ),
    ("bulk-insert", "critical", "for item in items:\n    session.execute(insert(Line).values(sale_id=item))"),
    (
        "bulk-insert", "critical",
        "for item in items:\n    sale = Sale(number=item)\n    session.add(sale)\n"
        "    session.flush()\n    session.add(Line(sale_id=sale.id))",
    ),
    (
        "bulk-update", "critical",
        "for item in items:\n    session.query(Sale).filter(Sale.id == item).update({'paid': True})",
    ),
    (
        "bulk-delete", "critical",
        "for item in items:\n    session.query(Sale).filter(Sale.id == item).delete()",
    ),
    (
        "commit-once", "critical",
        "for item in items:\n    session.add(Line(sale_id=item))\n    session.commit()",
    ),
    (
        "commit-once", "critical",
        "for item in items:\n    session.add(Line(sale_id=item))\n    session.flush()",
    ),
    ("merge-in-loop", "critical", "for item in items:\n    session.merge(Line(id=item, sale_id=1))"),
    (
        "cache-lookup", "critical",
        "return [session.query(Shop).filter_by(name=item['shop']).first() for item in items]",
    ),
    # a lazy load for each item, or one in async code
    ("eager-load", "high", "return [sale.shop.name for sale in session.query(Sale)]"),
    (
        "load-joined", "high",
        "return [s.shop.name for s in session.query(Sale).join(Sale.shop).filter(Shop.name == 'x')]",
    ),
    ("use-foreign-key", "high", "return [sale.shop.id for sale in session.query(Sale) if sale.paid]"),
    ("load-deferred", "high", "return [shop.plan for shop in session.query(Shop)]"),
    (
        "append-to-unloaded", "high",
        "for sale in session.query(Sale):\n    sale.lines.append(Line())",
    ),
    (
        "expired-in-loop", "high",
        "with Session(items[0]) as own:\n    for sale in own.query(Sale).all():\n"
        "        print(sale.number)\n        own.commit()",
    ),
    # a constant number of statements too many
    (
        "merge-counts", "medium",
        "one = session.query(Sale).filter(Sale.paid.is_(True)).count()\n"
        "two = session.query(Sale).filter(Sale.paid.is_(False)).count()\nreturn one, two",
    ),
    (
        "merge-queries", "medium",
        "sale = session.query(Sale).filter(Sale.id == 1).first()\n"
        "shop = session.query(Shop).filter(Shop.id == sale.shop_id).first()\n"
        "return sale.number, shop.name",
    ),
    (
        "subquery-instead-of-ids", "medium",
        "ids = [shop.id for shop in session.query(Shop).filter(Shop.name == 'x')]\n"
        "return session.query(Sale).filter(Sale.shop_id.in_(ids)).all()",
    ),
    ("bulk-update", "medium", "for sale in session.query(Sale).all():\n    sale.paid = True"),
    ("bulk-delete", "medium", "for note in session.query(Note).all():\n    session.delete(note)"),
    (
        "unused-eager-load", "medium",
        "return [s.number for s in session.query(Sale).options(selectinload(Sale.lines))]",
    ),
    # the rest
    (
        "unused-eager-load", "low",
        "return [s.number for s in session.query(Sale).options(joinedload(Sale.shop))]",
    ),
    ("count-in-database", "low", "return len(session.query(Sale).all())"),
    ("exists-in-database", "low", "return bool(session.query(Sale).all())"),
    ("aggregate-in-database", "low", "return sum(s.total for s in session.query(Sale))"),
    (
        "filter-in-database", "low",
        "return [s for s in session.query(Sale).order_by(Sale.id) if s.paid]",
    ),
    ("filter-in-database", "low", "return session.query(Sale).order_by(Sale.id).all()[:5]"),
    (
        "filter-in-database", "low",
        "return next((s for s in session.query(Sale).order_by(Sale.id) if s.paid), None)",
    ),
    (
        "split-joined-collections", "low",
        "return session.query(Sale).options(joinedload(Sale.lines), joinedload(Sale.notes)).all()",
    ),
    ("load-only", "low", "return [sale.number for sale in session.query(Sale)]"),
    (
        "index-by-key", "low",
        "sales = session.query(Sale).all()\n"
        "return [[s for s in sales if s.shop_id == item] for item in items]",
    ),
    (
        "lost-rows", "low",
        "by = {s.shop_id: s for s in session.query(Sale)}\n"
        "return {i: [s for s in by.values() if s.shop_id == i] for i in items}",
    ),
    ("chunk-in-list", "low", "return session.query(Sale).filter(Sale.number.in_(items)).all()"),
    ("null-in-sum", "low", "return sum(s.tip for s in session.query(Sale))"),
        (
        "modernize-loading", "low",
        "return session.query(Sale).options(load_only('number')).all()",
    ),
]  # fmt: skip
# What is told of the models, once for the project.
DECLARED = {
    "add-index": {"low"},
    "missing-foreign-key": {"low"},
    "text-dates": {"low"},
    "narrow-relationship": {"low", "medium"},
}
ELSEWHERE = {"cached-instances", "load-window"}


def severities(root: Path, code: str, rule: str) -> set[str]:
    (root / "models.py").write_text(MODELS)
    (root / "main.py").write_text(HEAD + "".join(f"    {line}\n" for line in code.splitlines()))
    found = check([root], root=root, select=[rule]).problems
    return {finding.severity.value for finding in found}


@pytest.mark.parametrize(("rule", "severity", "code"), FOUND)
def test_by_what_is_sent(tmp_path: Path, rule: str, severity: str, code: str) -> None:
    assert severities(tmp_path, code, rule) == {severity}


@pytest.mark.parametrize("rule", DECLARED)
def test_of_models(tmp_path: Path, rule: str) -> None:
    code = (
        "a = [s.id for s in session.query(Seller)]\n"
        "session.query(Sale).filter(Sale.sent < date.today().isoformat()).all()\n"
        "return a, session.query(Sale).filter(Sale.town == 'x').all()"
    )
    assert severities(tmp_path, code, rule) == DECLARED[rule]


def test_in_async_code(tmp_path: Path) -> None:
    code = (
        "pass\n\n\nasync def one(db: AsyncSession):\n"
        "    sale = await db.scalar(select(Sale).where(Sale.id == 1))\n    return sale.shop.name"
    ).replace("\n", "\n")
    (tmp_path / "models.py").write_text(MODELS)
    (tmp_path / "main.py").write_text(f"{HEAD}    {code}\n")
    found = check([tmp_path], root=tmp_path, select=["eager-load"]).problems
    assert {finding.severity.value for finding in found} == {"high"}


def test_every_rule_is_here() -> None:
    told = {rule for rule, _, _ in FOUND} | set(DECLARED) | ELSEWHERE
    assert told == {rule.name for rule in catalogue()}
