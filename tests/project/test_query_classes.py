"""Classes of queries that only add methods to SQLAlchemy's own, and those that do more."""

from __future__ import annotations

from textwrap import indent

import pytest
from linked import index_of

HEAD = """
from typing import Generic, TypeVar
from flask_sqlalchemy import BaseQuery, SQLAlchemy
from flask_sqlalchemy.query import Query as FlaskQuery
from sqlalchemy import Column, Integer
from sqlalchemy.orm import DeclarativeBase, Query, scoped_session, sessionmaker
from elsewhere import Unseen
T = TypeVar("T")
plain = SQLAlchemy()
class Adding(Query):
    def paid(self): return self.filter_by(paid=True)
class Counting(Query):
    def count(self): return 0
"""
ACTIVE = "def active(self): return self.filter_by(active=True)"


@pytest.mark.parametrize(
    ("bases", "body", "adds"),
    [
        ("Query", ACTIVE, True),
        ("Query", "pass", True),
        ("Query[T], Generic[T]", ACTIVE, True),
        ("BaseQuery", ACTIVE, True),
        ("FlaskQuery", "def paginate(self, page=1): return page", True),
        ("plain.Query", ACTIVE, True),
        ("Adding", ACTIVE, True),
        ("Query", "def filter(self, *given): return self", False),
        ("Query", "def __iter__(self): return iter(())", False),
        ("Query", "def _clone(self): return self", False),
        ("Query", "first = Query.one", False),
        ("Counting", ACTIVE, False),
        ("Adding, Counting", ACTIVE, False),
        ("Unseen", ACTIVE, False),
        ("Unseen, Query", ACTIVE, False),
        ("Query, metaclass=Made", ACTIVE, False),
        ("object", ACTIVE, False),
    ],
)
def test_what_only_adds(bases: str, body: str, adds: bool) -> None:
    index = index_of({"db.py": f"""{HEAD}
class Ours({bases}):
{indent(body, "    ")}
maker = sessionmaker(query_cls=Ours)
db = SQLAlchemy(query_class=Ours)
class Order(db.Model):
    id = Column(Integer, primary_key=True)
class Note(plain.Model):
    id = Column(Integer, primary_key=True)
    query_class = Ours
"""})  # fmt: skip
    for name in ("db.Order", "db.Note"):
        model = index.models[name]
        assert (model.query_class, model.custom_query) == ("db.Ours", not adds)
    for name in ("db.maker", "db.db"):
        factory = index.factories[name]
        assert (factory.query_class, factory.custom_query) == ("db.Ours", not adds)


def test_methods_that_no_other_one_calls() -> None:
    """`Order.query` is of the class; a session may be of another factory."""
    index = index_of({"db.py": f"""{HEAD}
class Ours(Query):
    def get(self, project, key): return None
db = SQLAlchemy(query_class=Ours)
class Order(db.Model):
    id = Column(Integer, primary_key=True)
"""})  # fmt: skip
    assert not index.models["db.Order"].custom_query
    assert index.factories["db.db"].custom_query


def test_what_is_assigned_to_a_class_later() -> None:
    text = f"{HEAD}\nmaker = sessionmaker(query_cls=Adding)\nAdding.first = None\n"
    assert index_of({"db.py": text}).factories["db.maker"].custom_query


@pytest.mark.parametrize("given", ["made()", "Given", "get()"])
def test_a_class_that_cannot_be_told(given: str) -> None:
    index = index_of({"db.py": f"""{HEAD}
session = scoped_session(sessionmaker(query_cls={given}))
class Base(DeclarativeBase):
    query = session.query_property({given})
class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
"""})  # fmt: skip
    assert index.factories["db.session"].custom_query
    assert index.models["db.Order"].custom_query


def test_a_class_inside_of_the_mapped_one() -> None:
    index = index_of({"db.py": f"""{HEAD}
class Order(plain.Model):
    class Queries(BaseQuery):
        def paid(self): return self.filter_by(paid=True)
    id = Column(Integer, primary_key=True)
    query_class = Queries
"""})  # fmt: skip
    order = index.models["db.Order"]
    assert (order.query_class, order.custom_query) == ("db.Order.Queries", False)


def test_sessions_of_which_some_have_the_class() -> None:
    some = "one = sessionmaker(query_cls=Adding)\nother = sessionmaker()\n"
    assert index_of({"db.py": f"{HEAD}\n{some}"}).query_class == "db.Adding"
    more = f"{some}class Third(Adding): pass\nthird = sessionmaker(query_cls=Third)\n"
    assert index_of({"db.py": f"{HEAD}\n{more}"}).query_class is None
    custom = "third = sessionmaker(query_cls=Counting)\n"
    assert index_of({"db.py": f"{HEAD}\n{custom}"}).query_class is None
