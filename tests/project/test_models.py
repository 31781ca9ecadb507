"""What of models no mapper can say: places, what is unresolved, events, other attributes."""

from __future__ import annotations

import pytest
from linked import index_of
from mapped_projects import DECLARATIVE_14

from codemods.project.model import Model
from codemods.settings import Settings

HEAD = """
import enum
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.dialects import postgresql, mysql
from sqlalchemy.types import TypeDecorator
from sqlalchemy import event, types
from sqlalchemy.orm import declarative_base, Mapped
from functools import cached_property, partial
Base = declarative_base()
"""


def models(text: str, settings: Settings | None = None, **others: str) -> dict[str, Model]:
    files = {"m.py": text, **{f"{name}.py": other for name, other in others.items()}}
    return {model.name: model for model in index_of(files, settings).models.values()}


def model(body: str, before: str = "", settings: Settings | None = None) -> Model:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    text = f"{HEAD}{before}\nclass A(Base):\n    __tablename__ = 'a'\n"
    text += f"    id = Column(Integer, primary_key=True)\n{lines}"
    return models(text, settings)["A"]


def test_the_other_attributes_of_a_model() -> None:
    index = index_of(DECLARATIVE_14)
    author = index.models["legacy.people.Author"]
    kinds = {name: other.kind for name, other in author.others.items()}
    assert kinds == {
        "alias": "unknown",
        "titles": "association-proxy",
        "upper": "validator",
        "short": "hybrid",
        "length": "property",
        "query": "unknown",
    }
    assert author.others["titles"].detail == "books.title"
    assert author.others["length"].function == "legacy.people.Author.length"
    assert author.others["short"].function == "legacy.people.Author.short"
    assert author.columns["rank"].enum == "legacy.people.Rank"
    assert author.events
    assert not index.models["legacy.orders.Tag"].events
    assert index.model("legacy.Book") is index.models["legacy.orders.Book"]


def test_methods_and_constants() -> None:
    found = model("""
LIMIT = 5
@classmethod
def make(cls): pass
@staticmethod
def twice(x): pass
@hybrid_method
def near(self, x): pass
@cached_property
def slow(self): pass
@something.odd
def odd(self): pass
def plain(self): pass
def __repr__(self): pass
""")
    assert {name: other.kind for name, other in found.others.items()} == {
        "LIMIT": "constant",
        "make": "classmethod",
        "twice": "staticmethod",
        "near": "hybrid-method",
        "slow": "property",
        "odd": "unknown",
        "plain": "method",
    }


@pytest.mark.parametrize(
    ("written", "versions", "type_", "python"),
    [
        ("postgresql.UUID(as_uuid=True)", ((1, 4), (2, 1)), "UUID", "UUID"),
        ("postgresql.UUID(as_uuid=False)", ((1, 4), (2, 1)), "UUID", "str"),
        ("postgresql.UUID", ((1, 4), (1, 4)), "UUID", "str"),
        ("postgresql.UUID()", ((2, 0), (2, 1)), "UUID", "UUID"),
        ("postgresql.UUID", ((1, 4), (2, 1)), "UUID", None),
        ("Uuid", ((2, 0), (2, 1)), "Uuid", "UUID"),
        ("Uuid(as_uuid=False)", ((2, 0), (2, 1)), "Uuid", "str"),
        ("CHAR(2)", ((1, 4), (2, 1)), "CHAR", "str"),
        ("postgresql.CITEXT", ((1, 4), (2, 1)), "CITEXT", None),
        ("mysql.INTEGER(unsigned=True)", ((1, 4), (2, 1)), "INTEGER", "int"),
        ("postgresql.JSONB", ((1, 4), (2, 1)), "JSONB", "json"),
        ("postgresql.ARRAY(String)", ((1, 4), (2, 1)), "ARRAY", "array"),
        ("Integer().with_variant(BigInteger, 'x')", ((1, 4), (2, 1)), "Integer", "int"),
        ("types.Float(asdecimal=True)", ((1, 4), (2, 1)), "Float", "Decimal"),
        ("Numeric(asdecimal=FLAG)", ((1, 4), (2, 1)), "Numeric", None),
        ("Interval", ((1, 4), (2, 1)), "Interval", "timedelta"),
        ("Time", ((1, 4), (2, 1)), "Time", "time"),
        ("LargeBinary", ((1, 4), (2, 1)), "LargeBinary", "bytes"),
        ("Enum(*names)", ((1, 4), (2, 1)), "Enum", None),
        ("Enum(Kind)", ((1, 4), (2, 1)), "Enum", "enum"),
        ("SHORT", ((1, 4), (2, 1)), "String", "str"),
        ("mutable.MutableDict.as_mutable(JSON)", ((1, 4), (2, 1)), "JSON", "json"),
        ("make_type()", ((1, 4), (2, 1)), None, None),
    ],
)
def test_types(
    written: str,
    versions: tuple[tuple[int, int], tuple[int, int]],
    type_: str | None,
    python: str | None,
) -> None:
    before = "SHORT = String(5)\nclass Kind(enum.Enum): A = 1\ndef make_type(): pass"
    found = model(f"x = Column({written})", before, Settings(sqlalchemy=versions)).columns["x"]
    kind = (found.type or "").rpartition(".")[2] or None
    if written.startswith("make_type"):
        assert found.type == "m.make_type"
    else:
        assert kind == type_
    assert found.python == python


def test_a_projects_own_types_are_decorated() -> None:
    before = "class Lower(TypeDecorator):\n    impl = String\nclass Below(Lower): pass\n"
    found = model("x = Column(Below(20))\ny = Column(Lower, unique=True)", before)
    assert (found.columns["x"].type, found.columns["x"].decorated) == ("m.Below", True)
    assert (found.columns["y"].python, found.columns["y"].unique) == (None, True)


def test_a_projects_own_way_to_write_columns() -> None:
    found = model("x = Needed(Integer)", "Needed = partial(Column, nullable=False)")
    assert found.columns["x"].nullable is False
    assert found.columns["x"].python == "int"
    before = (
        "def key(to, *, unique=False):\n    return Column(Integer, ForeignKey(to), unique=unique,"
        " nullable=False)\n"
        "def reference(to): return relationship(to, lazy='joined')\n"
    )
    found = model("b_id = key('b.id')\nb = reference('B')", before)
    column = found.columns["b_id"]
    assert (column.python, column.nullable, column.foreign_key) == ("int", False, "b.id")
    assert (found.relationships["b"].target, found.relationships["b"].lazy) == (None, "joined")


def test_what_a_function_that_makes_columns_is_given() -> None:
    before = (
        "def reference_col(tablename, nullable=False, pk_name='id', **kwargs):\n"
        "    return Column(ForeignKey(f'{tablename}.{pk_name}'), nullable=nullable, **kwargs)\n"
        "def text(size, name=None, *more, type_=String):\n"
        "    return Column(name, type_(size), *more, unique=True)\n"
    )
    body = (
        "a_id = reference_col('a')\n"
        "b_id = reference_col('b', True, pk_name='key', unique=True, default=other)\n"
        "c_id = reference_col(tablename='c', **options)\n"
        "d_id = reference_col(TABLE)\n"
        "e = text(20, 'stored')\nf = text(20, type_=Unicode)\ng = text(20, *given)\n"
        "h_id = make('h')\n"
    )
    inner = "def make(to, kind=Integer): return Column(kind, ForeignKey(f'{to:>4}'), index=to)\n"
    columns = model(body, before + inner).columns
    keys = {name: (item.foreign_key, item.nullable) for name, item in columns.items()}
    assert keys["a_id"] == ("a.id", False)
    assert keys["b_id"] == ("b.key", True)
    assert keys["c_id"] == (None, True)
    assert keys["d_id"] == (None, False)
    assert (columns["b_id"].unique, columns["b_id"].default) == (True, True)
    assert (columns["e"].column_name, columns["e"].type) == ("stored", "sqlalchemy.String")
    assert (columns["f"].type, columns["f"].unique) == ("sqlalchemy.Unicode", True)
    assert columns["g"].column_name is None
    assert columns["h_id"].foreign_key is None
    assert columns["h_id"].python == "int"


def test_a_function_that_makes_columns_in_more_than_one_step() -> None:
    before = (
        "def key(to, **kwargs):\n    kwargs['nullable'] = True\n"
        "    return Column(ForeignKey(to), **kwargs)\n"
        "def text(size, unique=False):\n    if not unique: return Column(String(size))\n"
        "    return Column(String(size), nullable=False, unique=True)\n"
        "def number(index=False):\n    'One.'\n    return Column(Integer, index=index)\n"
    )
    columns = model("a = key('b.id', nullable=False)\nb = text(3)\nc = number()", before).columns
    assert (columns["a"].nullable, columns["a"].foreign_key) == (True, None)
    assert (columns["b"].nullable, columns["b"].unique) == (True, False)
    assert columns["c"].python == "int"


def test_a_column_of_which_a_call_may_say_more_than_is_seen() -> None:
    before = (
        "def key(**kwargs):\n    return Column(Integer, nullable=False, unique=True)\n"
        "@loosened\ndef text():\n    return Column(String, nullable=False, unique=True)\n"
        "def number():\n    return Column(Integer, unique=True)\n"
        "number = other\n"
        "name = partial(Column, String, nullable=False, unique=True)\n"
    )
    body = (
        "a = key()\nb = text()\nc = number()\nd = name(**options)\n"
        "e: Mapped[int] = mapped_column(**options)\n"
        "f = relationship('F', lazy='select', **options)\n"
    )
    found = model(body, before)
    assert set(found.columns) == {"id", "a", "d", "e"}
    assert (found.columns["d"].nullable, found.columns["d"].unique) == (True, False)
    assert (found.columns["e"].nullable, found.columns["e"].default) == (True, True)
    assert found.relationships["f"].custom_join


def test_tables_whose_names_are_computed_are_met_by_their_keys() -> None:
    found = models(f"""{HEAD}
class Named:
    @declared_attr
    def __tablename__(cls): return snake(cls.__name__)
class SalesOrder(Named, Base):
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey('shop.customers.id'))
    customer = relationship('Customer')
    lines = relationship('Line')
    tags = relationship('Line', order_tags)
class Customer(Base):
    __tablename__ = 'customers'
    __table_args__ = auto()
    id = Column(Integer, primary_key=True)
class Line(Base):
    __tablename__ = 'lines'
    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey('sales_order.id'))
""")
    assert found["SalesOrder"].table is None
    assert found["SalesOrder"].relationships["customer"].direction == "many-to-one"
    assert found["SalesOrder"].relationships["lines"].remote_keys == ("order_id",)
    assert found["SalesOrder"].relationships["tags"].direction == "many-to-many"


def test_a_base_that_is_not_known_makes_a_model_incomplete() -> None:
    found = models(
        "from vendor import Base, Mixin\nfrom sqlalchemy import *\n"
        "from sqlalchemy.orm import DeclarativeBase\n"
        "class A(Base):\n    __tablename__ = 'a'\n    id = Column(Integer, primary_key=True)\n"
        "class Own(DeclarativeBase): pass\n"
        "class B(Mixin, Own):\n    __tablename__ = 'b'\n"
        "class C(UnknownName):\n    __tablename__ = 'c'\n"
        "class D:\n    __tablename__ = 'd'\n"
        "class E(Own):\n    __abstract__ = True\n"
        "class F(db.Model):\n    id = db.Column(db.Integer)\n"
    )
    assert {name: item.complete for name, item in found.items()} == {
        "A": False,
        "B": False,
        "C": False,
        "F": False,
    }
    assert found["A"].columns["id"].python == "int"
    assert found["F"].columns["id"].python == "int"


def test_a_model_named_like_something_of_sqlalchemys() -> None:
    index = index_of(
        {
            "models.py": f"{HEAD}\nclass Session(Base):\n    __tablename__ = 's'\n"
            "    id = Column(Integer, primary_key=True)\n",
            "use.py": "from models import Session\n",
        }
    )
    assert index.resolve(index.modules["use"], "Session") == "models.Session"
    assert index.model("use.Session") is index.models["models.Session"]
    assert not index.factories


def test_relationships_that_cannot_be_told() -> None:
    found = models(f"""{HEAD}
class A(Base):
    __tablename__ = 'a'
    id = Column(Integer, primary_key=True)
    b_id = Column(ForeignKey('b.id'))
    other_b_id = Column(ForeignKey('b.id'))
    b = relationship('B', lazy=STRATEGY, **options)
    nowhere = relationship('Nothing')
    computed = relationship(make('B'))
class B(Base):
    __tablename__ = 'b'
    id = Column(Integer, primary_key=True)
    a_id = Column(ForeignKey('a.id'))
    many = relationship('A', foreign_keys='A.b_id')
    joined = relationship('A', primaryjoin='foreign(A.other_b_id) == B.id', viewonly=True)
    always = relationship('A', lazy=None, foreign_keys=[a_id])
""")
    a, b = found["A"].relationships, found["B"].relationships
    assert (a["b"].direction, a["b"].lazy, a["b"].uselist) == (None, None, None)
    assert (a["nowhere"].target, a["nowhere"].direction) == (None, None)
    assert a["computed"].target is None
    assert (b["many"].direction, b["many"].remote_keys) == ("one-to-many", ("b_id",))
    assert (b["joined"].direction, b["joined"].remote_keys) == ("one-to-many", ("other_b_id",))
    assert b["joined"].custom_join and b["joined"].viewonly
    assert (b["always"].direction, b["always"].lazy) == ("many-to-one", "noload")


def test_classes_of_one_name_are_told_apart_by_their_base() -> None:
    found = index_of(
        {
            "one.py": f"{HEAD}\nclass Item(Base):\n    __tablename__='i'\n"
            "    id = Column(Integer, primary_key=True)\n",
            "two.py": f"{HEAD}\nclass Item(Base):\n    __tablename__='i'\n"
            "    id = Column(Integer, primary_key=True)\n"
            "class Use(Base):\n    __tablename__='u'\n"
            "    id = Column(Integer, primary_key=True)\n"
            "    item_id = Column(ForeignKey(Item.id))\n    item = relationship('Item')\n"
            "    first = relationship('one.Item')\n",
        }
    ).models["two.Use"]
    assert found.relationships["item"].target == "two.Item"
    assert found.relationships["first"].target == "one.Item"


def test_versions_queries_and_events() -> None:
    found = models(f"""{HEAD}
class OwnQuery(Query): pass
class Stamp: pass
class Quiet(Base):
    __tablename__ = 'q'
    id = Column(Integer, primary_key=True)
class Loud(Stamp, Base):
    __tablename__ = 'l'
    id = Column(Integer, primary_key=True)
    version = Column(Integer)
    query_class = OwnQuery
    __mapper_args__ = {{'version_id_col': version}}
class Louder(Loud): pass
class Heard(Base):
    __tablename__ = 'h'
    id = Column(Integer, primary_key=True)
    name = Column(String)
event.listen(Stamp, 'before_update', f, propagate=True)
event.listen(Quiet.__table__, 'after_create', ddl)
@event.listens_for(Heard.name, 'set')
def on_set(*a): pass
""")
    assert {name for name, item in found.items() if item.events} == {"Loud", "Louder", "Heard"}
    assert {name for name, item in found.items() if item.versioned} == {"Loud", "Louder"}
    assert {name for name, item in found.items() if item.custom_query} == {"Loud", "Louder"}


def test_events_of_sessions_and_of_unknown_targets() -> None:
    index = index_of(
        {
            "m.py": f"""{HEAD}
Factory = sessionmaker()
class A(Base):
    __tablename__ = 'a'
    id = Column(Integer, primary_key=True)
@event.listens_for(Factory, 'before_flush')
@event.listens_for(Session, 'do_orm_execute')
def f(*a): pass
def g(engine):
    event.listen(engine, 'connect', f)
def other(signal): signal.listen(A, 'load')
""",
        }
    )
    assert index.session_events == {"before_flush", "do_orm_execute"}
    assert index.events["m.Factory"] == {"before_flush"}
    assert index.events["sqlalchemy.orm.Session"] == {"do_orm_execute"}
    assert not index.models["m.A"].events
    unknown = index_of(
        {
            "m.py": f"""{HEAD}
class A(Base):
    __tablename__ = 'a'
    id = Column(Integer, primary_key=True)
for cls in [A]: pass
def g(cls): event.listen(cls, 'load', f)
def h(target):
    event.listen(target, 'load', f)
""",
        }
    )
    wrapped = index_of(
        {
            "own.py": "from sqlalchemy import event\n"
            "def listens_for(target, name):\n"
            "    def decorate(function):\n        event.listen(target, name, function)\n"
            "    return decorate\n",
            "m.py": f"""{HEAD}
import own
class A(Base):
    __tablename__ = 'a'
    id = Column(Integer, primary_key=True)
@own.listens_for(A.id, 'set')
def f(*a): pass
""",
        }
    )
    assert wrapped.events == {"m.A": {"set"}}
    assert "*" in unknown.events
    assert unknown.models["m.A"].events


def test_the_directions_of_a_declared_order() -> None:
    found = models(f"""{HEAD}
class Owner(Base):
    __tablename__ = 'owners'
    id = Column(Integer, primary_key=True)
    notes = relationship('Note', order_by='[Note.day.desc(), Note.id]', lazy='dynamic')
    late = relationship('Note', order_by=lambda: desc(Note.day), viewonly=True)
    odd = relationship('Note', order_by='func.lower(Note.day)', query_class=Own, viewonly=True)
class Note(Base):
    __tablename__ = 'notes'
    id = Column(Integer, primary_key=True)
    day = Column(Date)
    owner_id = Column(ForeignKey('owners.id'))
""")
    notes, late, odd = (found["Owner"].relationships[name] for name in ("notes", "late", "odd"))
    assert (notes.order_by, notes.descending) == (("day", "id"), ("day",))
    assert (late.order_by, late.descending) == (("day",), ("day",))
    assert (odd.order_by, odd.ordered) == ((), True)
    assert [r.query_class for r in (notes, late, odd)] == [False, False, True]


def test_a_class_below_the_base_of_another_package_is_mapped() -> None:
    text = """
import sqlalchemy as sa
from baselayer import model_base
from baselayer.models import Base, Mixin
from dash import Column, Base as Layout

class Group(Base):
    name = sa.Column(sa.String, nullable=False)

class Stamped(Mixin):
    name = sa.Column(sa.String)

class Page(Layout):
    name = Column("x")

class Member(Stamped, model_base.BASEV2):
    group_id = sa.Column(sa.Integer, sa.ForeignKey("group.id"))

class Chair(model_base.BASEV2):
    members = sa.orm.relationship(Member)
"""
    names = {model.name: model for model in index_of({"models.py": text}).models.values()}
    assert set(names) == {"Group", "Member", "Chair"}
    assert not any(model.complete for model in names.values())
