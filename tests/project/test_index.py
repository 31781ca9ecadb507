"""Names over files, functions, values, and the second wave of reading."""

from __future__ import annotations

import pytest
from effort import calls
from linked import ROOT, facts_of, index_of

from codemods.facts.values import ModuleFacts
from codemods.project.index import ProjectIndex
from codemods.settings import Settings

PROJECT = {
    "app/__init__.py": """
        from app.models import *
        from .models.order import Order as O
        from .db import db
        """,
    "app/db.py": """
        import sqlalchemy as sa
        from sqlalchemy.orm import sessionmaker
        db = object()
        Session = sessionmaker()
        select = sa.select
        """,
    "app/models/__init__.py": """
        from .order import Order, _Hidden
        from .customer import *
        Client = Customer
        """,
    "app/models/order.py": """
        class _Hidden: pass
        class Base:
            kind = "base"
            def find(self): pass
        class Order(Base):
            class Line: pass
            def total(self): pass
        """,
    "app/models/customer.py": """
        __all__ = ["Customer"]
        class Customer: pass
        class Secret: pass
        """,
    "app/cycle_a.py": "from app.cycle_b import thing\nfrom app.cycle_b import *\n",
    "app/cycle_b.py": "from app.cycle_a import thing, other\nfrom app.cycle_a import *\nx = x\n",
    "main.py": """
        import app
        import app.models.order
        import app.models as m
        from app import O, Client, db, models
        from app.db import select as choose, Session
        from sqlalchemy import *
        from sqlalchemy.orm import selectinload
        import sqlalchemy.orm as orm
        Alias = m.Order
        Again = Alias
        def helper(): pass
        def outer():
            from app.models.customer import Secret
            import app.db as local
        """,
}


@pytest.fixture(scope="module")
def index() -> ProjectIndex:
    return index_of(PROJECT)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("O", "app.models.order.Order"),
        ("Client", "app.models.customer.Customer"),
        ("Alias", "app.models.order.Order"),
        ("Again.Line", "app.models.order.Order.Line"),
        ("m.Order.customer", "app.models.order.Order.customer"),
        ("app.models.order.Order", "app.models.order.Order"),
        ("app.Order", "app.models.order.Order"),
        ("app._Hidden", None),
        ("app.Secret", None),
        ("app.nothing", None),
        ("models", "app.models"),
        ("db", "app.db.db"),
        ("db.session", "app.db.db.session"),
        ("app.db.session", "app.db.db.session"),
        ("Session", "app.db.Session"),
        ("choose", "sqlalchemy.select"),
        ("selectinload", "sqlalchemy.orm.selectinload"),
        ("orm.joinedload", "sqlalchemy.orm.joinedload"),
        ("Column", "sqlalchemy.Column"),
        ("helper", "main.helper"),
        ("len", "builtins.len"),
        ("Secret", None),
        ("nothing", None),
    ],
)
def test_what_a_name_means(index: ProjectIndex, written: str, meant: str | None) -> None:
    assert index.resolve(index.modules["main"], written) == meant


def test_a_builtin_that_the_module_defines_is_the_modules() -> None:
    index = index_of({"a.py": "from b import *\ndef len(x): pass\n", "b.py": "class sum: pass"})
    assert index.resolve(index.modules["a"], "len") == "a.len"
    assert index.resolve(index.modules["a"], "sum") == "b.sum"


def test_a_package_imports_a_module_of_its_own() -> None:
    package = "from shop import models, nothing\nfrom . import orders as sold\n"
    index = index_of(
        {
            "shop/__init__.py": package,
            "shop/models.py": "class Order: pass\n",
            "shop/orders.py": "x = 1\n",
        }
    )
    shop = index.modules["shop"]
    assert index.resolve(shop, "models.Order") == "shop.models.Order"
    assert index.resolve(shop, "sold.x") == "shop.orders.x"
    assert index.resolve(shop, "nothing") is None


def test_imports_in_functions_are_seen_where_asked_for(index: ProjectIndex) -> None:
    main = index.modules["main"]
    assert index.resolve_local(main, "Secret") == "app.models.customer.Secret"
    assert index.resolve_local(main, "local.Session") == "app.db.Session"


@pytest.mark.parametrize("order", [("thing", "other"), ("other", "thing", "x")])
def test_cycles_end(order: tuple[str, ...]) -> None:
    index = index_of(PROJECT)
    for name in order:
        for module in ("app.cycle_a", "app.cycle_b"):
            found = index.resolve(index.modules[module], name)
            assert found == ("app.cycle_b.x" if name == "x" else None)


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("app.models.Order", "app.models.order.Order"),
        ("app.O.total", "app.models.order.Order.total"),
        ("app.models.order.Order", "app.models.order.Order"),
        ("app.models.Client", "app.models.customer.Customer"),
        ("app.db.db", "app.db.db"),
        ("app.db.select", "sqlalchemy.select"),
        ("app.models", "app.models"),
        ("sqlalchemy.orm.Session", "sqlalchemy.orm.Session"),
        ("app.models.Nothing", "app.models.Nothing"),
    ],
)
def test_canonical_names(index: ProjectIndex, name: str, canonical: str) -> None:
    assert index.canonical(name) == canonical


def test_functions_values_and_classes_by_name(index: ProjectIndex) -> None:
    found = index.function("app.O.find")
    assert found is not None and found.full_name == "app.models.order.Base.find"
    assert index.function("main.helper") is index.modules["main"].functions["helper"]
    assert index.function("app.O.nothing") is None
    value = index.value("app.models.Order.kind")
    assert value is not None and value.full_name == "app.models.order.Base.kind"
    assert index.value("app.db.Session") is index.modules["app.db"].values["Session"]
    found_class = index.class_("app.O")
    assert found_class is not None and found_class.qualname == "Order"
    assert index.bases("app.O") == ("app.models.order.Base",)
    assert index.by_path[ROOT / "main.py"] is index.modules["main"]


def test_classes_that_only_make_a_value() -> None:
    index = index_of({"a.py": """
            import enum
            from dataclasses import dataclass
            from typing import NamedTuple
            from elsewhere import Unknown
            class Failure(Exception): pass
            class Kind(enum.Enum): A = 1
            @dataclass
            class Pair: x: int
            class Both(NamedTuple): x: int
            class Made:
                def __init__(self): pass
            class Below(Made): pass
            class Strange(Unknown): pass
            class Meta(metaclass=type(Kind)): pass
            """})
    plain = {name for name in index.modules["a"].classes if index.is_plain_class(f"a.{name}")}
    assert plain == {"Failure", "Kind", "Pair", "Both"}
    assert index.is_enum("a.Kind") and not index.is_enum("a.Pair")
    assert not index.is_plain_class("elsewhere.Unknown")


def test_annotations_without_what_is_around_the_name(index: ProjectIndex) -> None:
    index = index_of({"a.py": """
            from typing import Annotated, NewType, Optional
            from sqlalchemy.orm import Mapped, Session
            Db = Annotated[Session, Depends(get)]
            Key = NewType("Key", int)
            """})
    facts = index.modules["a"]
    cases = {
        "Db": ("Session", False, None),
        "Optional[Db]": ("Session", True, None),
        "Key | None": ("int", True, None),
        "list['Order']": ("Order", False, "list"),
        "Mapped[Optional[dict[str, Order]]]": ("Order", True, "dict"),
        "tuple[()]": (None, False, None),
        "int | str": (None, False, None),
    }
    for written, expected in cases.items():
        hint = index.hint(facts, written)
        assert (hint.name, hint.optional, hint.collection) == expected, written


# -- the second wave

WAVES = {
    "app/models.py": """
        from sqlalchemy import Column, Integer
        from app.base import Base
        from app.helpers import slug
        class Order(Base):
            __tablename__ = "orders"
            id = Column(Integer, primary_key=True)
        def recent(session): return session.query(Order).all()
        """,
    "app/base.py": "from app.core import Base\nimport app.unrelated\n",
    "app/core.py": "from vendor import make\nBase = make()\n",
    "app/helpers.py": "from app.strings import lower\ndef slug(x): return lower(x)\n",
    "app/strings.py": "def lower(x): return x\n",
    "app/unrelated.py": "x = 1\n",
    "app/views.py": "from app import models\ndef show(): return [o.x for o in models.recent(1)]\n",
    "app/other.py": "import app.strings\n",
}


def test_what_relevant_files_need_is_asked_for_until_nothing_new_comes() -> None:
    known = {"app/models.py"}
    names = {name.removesuffix(".py").replace("/", "."): name for name in WAVES}
    for _ in range(5):
        index = index_of({name: WAVES[name] for name in known})
        known |= {names[name] for name in index.missing_modules() if name in names}
    assert known == {"app/models.py", "app/base.py", "app/core.py", "app/helpers.py"}
    assert facts_of("app/base.py", WAVES["app/base.py"]).relevant is False


def test_linking_takes_no_more_for_each_module_where_there_are_many() -> None:
    template = """
        from sqlalchemy import Column, ForeignKey, Integer, String
        from sqlalchemy.orm import relationship
        from app.base import Base
        from app.m{next} import Model{next}
        class Model{n}(Base):
            __tablename__ = "t{n}"
            id = Column(Integer, primary_key=True)
            name = Column(String(50), unique=True)
            next_id = Column(ForeignKey("t{next}.id"))
            next = relationship("Model{next}", backref="previous")
        def find(session):
            return session.query(Model{next}).all()
        """
    base = "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"

    def modules(count: int) -> list[ModuleFacts]:
        texts = [template.format(n=n, next=(n + 1) % count) for n in range(count)]
        made = [facts_of(f"app/m{n}.py", text) for n, text in enumerate(texts)]
        return [facts_of("app/base.py", base), *made]

    few, many = modules(100), modules(1000)
    index = ProjectIndex.build(ROOT, Settings(), many)
    assert len(index.models) == 1000
    assert index.missing_modules()
    assert not index.factories
    previous = index.models["app.m7.Model7"].relationships["previous"]
    assert previous.target == "app.m6.Model6"
    few_calls = calls(lambda: ProjectIndex.build(ROOT, Settings(), few))
    assert calls(lambda: ProjectIndex.build(ROOT, Settings(), many)) < 11 * few_calls
