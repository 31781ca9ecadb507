"""What one file says by itself."""

from __future__ import annotations

import pickle
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codemods.facts.parse import ParseError
from codemods.facts.prefilter import may_define, outline, worth_reading
from codemods.facts.read import read_module
from codemods.facts.symbols import Call, Constant, Name, Other, annotation, walk
from codemods.facts.values import ModuleFacts
from codemods.source import SourceFile

PATH = Path("/project/app/shop.py")


def read(text: str, module: str = "app.shop", is_package: bool = False) -> ModuleFacts:
    return read_module(SourceFile(PATH, dedent(text).encode("utf-8")), module, is_package)


def test_imports_are_absolute() -> None:
    facts = read("""
        import os, a.b, c.d as e
        from . import models
        from .. import top
        from .sub.deep import Thing as T
        from x import *
        """)
    assert facts.imports == {
        "os": "os",
        "a": "a",
        "e": "c.d",
        "models": "app.models",
        "top": "top",
        "T": "app.sub.deep.Thing",
    }
    assert facts.origins["T"] == "app.sub.deep"
    assert facts.origins["a"] == "a.b"
    assert facts.star_imports == ("x",)
    assert read("from . import x", "app", True).imports == {"x": "app.x"}
    assert read("from ..y import x", "app.sub", True).imports == {"x": "app.y.x"}


def test_imports_under_conditions_count_and_the_first_branch_wins() -> None:
    facts = read("""
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from a import A
        try:
            from new import B
        except ImportError:
            from old import B
        else:
            from a import C
        if X:
            from a import D
        else:
            D = None
        def f():
            from a import E
        """)
    assert {name: facts.imports[name] for name in "ABCD"} == {
        "A": "a.A",
        "B": "new.B",
        "C": "a.C",
        "D": "a.D",
    }
    assert facts.local_imports == (("E", "a.E", "a"),)


def test_what_is_bound_last_is_what_a_name_means() -> None:
    facts = read("from a import Order, other\nclass Order: pass\nother = 1\nfrom b import late\n")
    assert set(facts.imports) == {"late"}
    assert set(facts.classes) == {"Order"}
    assert facts.values["other"].value == Constant(1)


def test_exported_names() -> None:
    assert read("__all__ = ['a', 'b']\n__all__ += ('c',)").exported == ("a", "b", "c")
    assert read("__all__ = x.__all__").exported is None
    assert read("x = 1").exported is None


def test_a_class_and_its_places() -> None:
    text = dedent("""
        @mapped(x=1)
        class Order(Base, Generic[T], metaclass=Meta):
            "Docs."
            id: Mapped["int"] = mapped_column(primary_key=True)
            bare: int
            a = b = Column(Integer)

            class Inner:
                size = 3

            if True:
                late = 1

            @property
            def total(self): return self.lines.total
            @total.setter
            def total(self, value): pass
        """)
    facts = read(text)
    order = facts.classes["Order"]
    source = SourceFile(PATH, text.encode())
    assert source.slice(order.name_place.span) == ("class Order(Base, Generic[T], metaclass=Meta):")
    assert order.full_name == "app.shop.Order"
    assert order.bases == (Name("Base"), annotation("Generic[T]"))
    assert order.keywords == (("metaclass", Name("Meta")),)
    assert order.decorators == (Call(Name("mapped"), (), (("x", Constant(1)),)),)
    assert list(order.attributes) == ["id", "bare", "a", "b", "late"]
    column = order.attributes["id"]
    assert column.value == Call(Name("mapped_column"), (), (("primary_key", Constant(True)),))
    assert column.annotation_text == 'Mapped["int"]'
    assert source.slice(column.place.span).startswith("id: Mapped")
    assert order.attributes["bare"].value is None
    assert order.attributes["a"].value == order.attributes["b"].value
    assert facts.classes["Order.Inner"].attributes["size"].value == Constant(3)
    assert order.methods["total"].returned == Name("self.lines.total")
    assert order.methods["total"].decorators == ("property",)


def test_a_function_and_what_it_does() -> None:
    facts = read("""
        @app.get("/x")
        async def find(a, /, b: "Order", *c: int, d: list[
            Order] = None, **e) -> Optional[Order]:
            for x in a:
                yield session.query(Order).all()
        """)
    find = facts.functions["find"]
    assert [(p.name, p.kind, p.annotation, p.has_default) for p in find.parameters] == [
        ("a", "positional-only", None, False),
        ("b", "positional", "Order", False),
        ("c", "var-positional", "int", False),
        ("d", "keyword-only", "list[ Order]", True),
        ("e", "var-keyword", None, False),
    ]
    assert find.returns == "Optional[Order]"
    assert find.decorators == ("app.get",)
    assert (find.is_async, find.is_generator, find.has_loop) == (True, True, True)
    assert find.query_calls == 2
    assert find.full_name == "app.shop.find"


@pytest.mark.parametrize(
    ("body", "loop", "generator", "queries"),
    [
        ("return x", False, False, 0),
        ("while x: pass", True, False, 0),
        ("return [y for y in x]", True, False, 0),
        ("return sum(y for y in x)", True, False, 0),
        ("def g():\n        for y in x: yield y\n    return g", True, False, 0),
        ("return lambda: {y: 1 for y in x}", True, False, 0),
        ("return select(x).where(exists())", False, False, 2),
        ("class A:\n        def m(self): return db.scalars(select(x))", False, False, 2),
        ("yield from x", False, True, 0),
        ("match x:\n        case None: return q.first()", False, False, 1),
        ("with a.query.get(1) as b: pass", False, False, 1),
        ("return {}.get(x), [].count(x), x.get('a', 1)", False, False, 0),
        ("return s.get(Order, x), q.filter(x).count()", False, False, 2),
    ],
)
def test_loops_generators_and_queries(body: str, loop: bool, generator: bool, queries: int) -> None:
    function = read(f"def f(x):\n    {body}\n").functions["f"]
    found = (function.has_loop, function.is_generator, function.query_calls)
    assert found == (loop, generator, queries)


def test_nested_functions_and_local_classes_are_found() -> None:
    facts = read("""
        class A:
            def m(self):
                def inner(): pass
                class Local:
                    def n(self): pass
        for x in y:
            def looped(): pass
        """)
    assert set(facts.functions) == {
        "A.m",
        "A.m.<locals>.inner",
        "A.m.<locals>.Local.n",
        "looped",
    }
    assert facts.functions["A.m"].owner == "A"
    assert facts.functions["A.m.<locals>.inner"].owner is None
    assert facts.functions["A.m.<locals>.Local.n"].owner == "A.m.<locals>.Local"
    assert "A.m.<locals>.Local" in facts.classes
    assert facts.has_loop


def test_values_and_calls_that_linking_needs() -> None:
    facts = read("""
        from sqlalchemy.orm import sessionmaker as maker
        Session = scoped_session(maker(autoflush=False))
        Base.query = Session.query_property()
        one, two = 1, f(x)
        for name in names: pass
        with open() as handle: pass
        Session.configure(bind=engine)
        def f():
            with Session(engine) as s, make(autoflush=False): pass
        @event.listens_for(Order, "load")
        def g(x): pass
        """)
    assert facts.values["Base.query"].value == Call(Name("Session.query_property"))
    assert facts.values["one"].value == Constant(1)
    assert facts.values["name"].value == Other("For")
    assert facts.values["handle"].value == Other("With")
    assert [(item.call.func, item.function) for item in facts.calls] == [
        ("Session.configure", None),
        ("Session", "f"),
        ("make", "f"),
        ("event.listens_for", None),
    ]


def test_symbols_keep_what_is_written() -> None:
    tree = annotation("f(a.b, *c, d=-1, **e)[lambda: x | None].g({1: [2]}, not y, f'{z}', a == b)")
    kinds = [type(node).__name__ for node in walk(tree)]
    assert kinds.count("Name") == 8
    assert kinds.count("Other") == 1
    assert {"Call", "Starred", "Lambda", "Binary", "Member", "Subscript", "Pairs"} <= set(kinds)
    assert Constant(-1) in list(walk(tree))
    assert annotation("not an expression") == Other("Unparsable")


def test_facts_are_equal_by_value_and_can_be_kept() -> None:
    text = "import a\nclass B(a.C):\n    d = a.e(f=1)\ndef g(h: 'i' = 1): return [j for j in h]\n"
    assert read(text) == read(text)
    assert pickle.loads(pickle.dumps(read(text))) == read(text)
    assert read(text) != read(text.replace("f=1", "f=2"))


def test_the_prefilter_and_the_imports_by_bytes() -> None:
    assert worth_reading(b"from sqlalchemy import select")
    assert worth_reading(b"Order.query.all()")
    assert worth_reading(b"def find(session, key):\n    return session.get(models.Order, key)\n")
    assert worth_reading(b"async def find(session):\n    return await session.get(Order, 1)\n")
    assert not worth_reading(b"import requests\nrequests.Session().get(URL)\n")
    assert not worth_reading(b"import json\n")
    assert worth_reading(b"from .models import Order\n", "__init__.py")
    assert not worth_reading(b"", "__init__.py")


def test_files_without_a_word_of_sqlalchemy_may_define_what_others_need() -> None:
    def needed(text: str, *names: str) -> bool:
        return may_define(outline(text.encode()), names, frozenset({"Order", "Timestamps"}))

    assert needed("from app.core import Base\n", "Base")
    assert needed("Base = make()\n", "Base")
    assert needed("class Special(models.Order, Loud):\n    pass\n", "Special")
    assert not needed("class Form(Widget):\n    pass\n", "Form")
    assert not needed("def slug(text):\n    return text\n", "slug")
    assert not needed("LIMIT = 3\n", "LIMIT")


def test_deep_and_long_code_is_read_or_refused() -> None:
    chain = "x = a" + ".b()" * 150
    assert read(chain).values["x"].value is not None
    ladder = "if a: pass\n" + "elif a: import b\n" * 3000
    try:
        assert "b" in read(ladder).imports
    except ParseError as error:
        assert "deeply" in error.message
    long = "x = [" + "1," * 10_000 + "]"
    assert read(long).values["x"].value == Other("List")


_NAMES = st.sampled_from(["a", "b", "self", "Order", "session", "é"])
_EXPRESSIONS = st.recursive(
    st.one_of(_NAMES, st.sampled_from(["1", "None", "'x'", "f'{a}'", "...", "-1", "b'x'"])),
    lambda inner: st.one_of(
        st.tuples(inner, _NAMES).map(lambda x: f"({x[0]}).{x[1]}"),
        st.tuples(inner, inner).map(lambda x: f"({x[0]})({x[1]}, k={x[0]})"),
        st.tuples(inner, inner).map(lambda x: f"[{x[0]} for a in ({x[1]})]"),
        st.tuples(inner, inner).map(lambda x: f"{{{x[0]}: {x[1]}}}"),
        st.tuples(inner, inner).map(lambda x: f"(lambda: ({x[0]}))[{x[1]}]"),
        st.tuples(inner, inner).map(lambda x: f"(({x[0]}) if ({x[1]}) else (yield))"),
    ),
    max_leaves=6,
)


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


_STATEMENTS = st.recursive(
    st.one_of(
        _EXPRESSIONS,
        st.tuples(_NAMES, _EXPRESSIONS).map(lambda x: f"{x[0]} = {x[1]}"),
        st.tuples(_NAMES, _EXPRESSIONS).map(lambda x: f"{x[0]}: {x[1]}"),
        st.tuples(_NAMES, _NAMES).map(lambda x: f"from .{x[0]} import {x[1]} as b"),
        st.sampled_from(["pass", "import a.b", "a, *b = c", "a.b[0] += 1", "del a", "global a"]),
    ),
    lambda inner: st.one_of(
        st.tuples(_EXPRESSIONS, inner, inner).map(
            lambda x: f"if {x[0]}:\n{_indented(x[1])}else:\n{_indented(x[2])}"
        ),
        st.tuples(inner, inner).map(
            lambda x: f"try:\n{_indented(x[0])}except a:\n{_indented(x[1])}"
        ),
        st.tuples(_NAMES, _EXPRESSIONS, inner).map(
            lambda x: f"@{x[0]}\ndef {x[0]}(a, *b, c={x[1]}):\n{_indented(x[2])}"
        ),
        st.tuples(_NAMES, _EXPRESSIONS, inner).map(
            lambda x: f"class {x[0]}({x[1]}):\n{_indented(x[2])}"
        ),
        st.tuples(_EXPRESSIONS, inner).map(
            lambda x: f"match {x[0]}:\n    case {{'a': b, **c}} if a:\n{_indented(_indented(x[1]))}"
            "    case None | True: pass\n"
        ),
        st.tuples(inner, inner).map(lambda x: f"{x[0]}\n{x[1]}"),
    ),
    max_leaves=8,
)


@given(_STATEMENTS)
def test_reading_any_code_gives_facts_or_a_parse_error(text: str) -> None:
    try:
        facts = read(text)
    except ParseError:
        return
    for item in (*facts.classes.values(), *facts.functions.values(), *facts.values.values()):
        assert 0 <= item.place.span.start < item.place.span.end


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_reading_any_bytes_gives_facts_or_a_parse_error(data: bytes) -> None:
    source = SourceFile(PATH, data)
    try:
        read_module(source, "app.shop", False)
    except ParseError as error:
        assert error.row >= 1
