"""Random functions over the models: loops, lookups, reads, counts, and what makes them unsafe."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

HEADER = """\
import random

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.exc import IntegrityError, MultipleResultsFound, NoResultFound
from sqlalchemy.orm import Session, joinedload, selectinload

from db import SessionLocal
from models import (
    Audit, Country, Customer, Document, Invoice, Label, Line, Order, Price, Product, Profile,
    Region, Reminder, Report, Slot, Status, Tag,
)


def clean(value):
    return value.strip() if isinstance(value, str) else value


def swap(item):
    item["key"] = item["other"]


def note(out, value):
    out.append(value)


def touch(session, row):
    row.name = "touched"
    session.flush()
"""

# model: {column: (kind, nullable, unique)}
COLUMNS: dict[str, dict[str, tuple[str, bool, bool]]] = {
    "Country": {"code": ("str", False, True), "name": ("str", False, False)},
    "Region": {
        "id": ("int", False, True), "name": ("str", False, True), "parent_id": ("int", True, False),
    },
    "Customer": {
        "id": ("int", False, True), "email": ("str", False, True), "name": ("str", True, False),
        "region_id": ("int", True, False), "country_code": ("str", True, False),
        "vip": ("bool", True, False), "joined": ("date", True, False),
        "balance": ("Decimal", True, False), "shown": ("str", True, False),
    },
    "Profile": {
        "id": ("int", False, True), "customer_id": ("int", True, True), "bio": ("str", True, False),
    },
    "Order": {
        "id": ("int", False, True), "number": ("str", False, True),
        "customer_id": ("int", True, False), "status": ("Status", False, False),
        "placed": ("datetime", True, False), "day": ("date", True, False),
        "amount": ("int", True, False), "total": ("Decimal", True, False),
        "rate": ("float", True, False),
    },
    "Line": {
        "id": ("int", False, True), "order_id": ("int", False, False),
        "product_id": ("int", True, False), "quantity": ("int", False, False),
    },
    "Product": {
        "id": ("int", False, True), "sku": ("str", False, True), "code": ("str", True, True),
        "category": ("str", True, False), "price": ("Decimal", True, False),
        "weight": ("float", True, False), "active": ("bool", False, False),
        "uid": ("UUID", True, True),
    },
    "Price": {
        "list_code": ("str", False, False), "product_id": ("int", False, False),
        "amount": ("int", True, False),
    },
    "Slot": {
        "id": ("int", False, True), "day": ("date", True, False), "place": ("int", True, False),
        "label": ("str", True, False),
    },
    "Tag": {
        "id": ("int", False, True), "name": ("str", False, True), "uses": ("int", False, False),
    },
    "Label": {
        "id": ("int", False, True), "name": ("str", False, True), "uses": ("int", False, False),
    },
    "Invoice": {
        "id": ("int", False, True), "customer_id": ("int", True, False),
        "kind": ("str", False, False), "amount": ("int", True, False),
    },
    "Reminder": {
        "id": ("int", False, True), "customer_id": ("int", True, False),
        "amount": ("int", True, False), "fee": ("int", True, False),
    },
    "Document": {
        "id": ("int", False, True), "title": ("str", True, True), "order_id": ("int", True, False),
    },
    "Report": {
        "id": ("int", False, True), "title": ("str", True, True), "order_id": ("int", True, False),
        "pages": ("int", True, False),
    },
    "Audit": {
        "id": ("int", False, True), "subject": ("int", False, False),
        "action": ("str", True, False), "at": ("datetime", False, False),
    },
}  # fmt: skip

# model: {relationship: (target, many)}
RELATIONS: dict[str, dict[str, tuple[str, bool]]] = {
    "Region": {"parent": ("Region", False), "children": ("Region", True)},
    "Customer": {
        "region": ("Region", False), "country": ("Country", False), "orders": ("Order", True),
        "invoices": ("Invoice", True), "profile": ("Profile", False), "tags": ("Tag", True),
    },
    "Profile": {"customer": ("Customer", False)},
    "Order": {"customer": ("Customer", False), "lines": ("Line", True)},
    "Line": {"order": ("Order", False), "product": ("Product", False)},
    "Price": {"product": ("Product", False)},
    "Invoice": {"customer": ("Customer", False)},
    "Reminder": {"customer": ("Customer", False)},
    "Document": {"order": ("Order", False)},
    "Report": {"order": ("Order", False)},
}  # fmt: skip

# columns that mean the same thing: (model, column) -> where one looks it up
LINKS: list[tuple[str, str, str, str]] = [
    ("Order", "customer_id", "Customer", "id"), ("Order", "id", "Line", "order_id"),
    ("Line", "product_id", "Product", "id"), ("Line", "order_id", "Order", "id"),
    ("Customer", "id", "Order", "customer_id"), ("Customer", "id", "Profile", "customer_id"),
    ("Customer", "region_id", "Region", "id"), ("Customer", "country_code", "Country", "code"),
    ("Customer", "id", "Audit", "subject"), ("Order", "id", "Audit", "subject"),
    ("Region", "id", "Customer", "region_id"), ("Region", "parent_id", "Region", "id"),
    ("Customer", "id", "Invoice", "customer_id"), ("Customer", "id", "Reminder", "customer_id"),
    ("Order", "id", "Document", "order_id"), ("Order", "id", "Report", "order_id"),
    ("Product", "id", "Price", "product_id"), ("Product", "id", "Line", "product_id"),
    ("Customer", "name", "Tag", "name"), ("Order", "number", "Order", "number"),
    ("Customer", "joined", "Slot", "day"), ("Order", "day", "Slot", "day"),
    ("Order", "placed", "Audit", "at"), ("Order", "total", "Product", "price"),
    ("Customer", "balance", "Order", "total"), ("Order", "rate", "Product", "weight"),
    ("Product", "category", "Customer", "name"), ("Product", "code", "Product", "code"),
    ("Product", "uid", "Product", "uid"), ("Order", "status", "Order", "status"),
    ("Product", "active", "Customer", "vip"), ("Tag", "name", "Label", "name"),
    ("Line", "quantity", "Order", "amount"), ("Customer", "name", "Customer", "shown"),
    ("Order", "placed", "Slot", "day"), ("Product", "price", "Product", "weight"),
    ("Order", "amount", "Customer", "email"), ("Slot", "place", "Tag", "id"),
]  # fmt: skip


@dataclass(frozen=True)
class Function:
    """One program: its source, and what `items` is in it."""

    name: str
    source: str
    kind: str
    shape: str
    honest: bool


def function(rng: random.Random, name: str) -> Function:
    """A random function called `name`."""
    return _Writer(rng, name).function()


class _Writer:
    def __init__(self, rng: random.Random, name: str) -> None:
        self.rng = rng
        self.name = name
        self.lines: list[str] = []
        self.depth = 1
        self.number = 0
        self.rows: list[tuple[str, str, bool]] = []  # variable, model, may be None
        self.lists: list[tuple[str, str]] = []
        self.items: list[str] = []  # variables that hold one item of the argument
        self.loops = 0
        self.session = "session"
        self.kind = rng.choice(["int", "int", "int", "str", "str", "date", "datetime", "Decimal",
                                "UUID", "bool", "Status", "float"])  # fmt: skip
        self.shape = rng.choice(["list"] * 4 + ["tuple", "iterator", "pairs", "dicts", "dicts",
                                "objects", "dict"])  # fmt: skip
        self.honest = rng.random() < 0.5
        self.used_items = False

    def pick(self, options: Sequence[T]) -> T:
        return self.rng.choice(options)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def put(self, text: str) -> None:
        self.lines += ["    " * self.depth + line for line in text.split("\n")]

    def fresh(self, base: str) -> str:
        odd = ["found", "row", "value", "keys", "ids", "customers", "known", "rows", "result",
               "items_by_key", "customer", "product", "list_", "orders", "counts"]  # fmt: skip
        if self.chance(0.25):
            return self.pick(odd)
        self.number += 1
        return f"{base}{self.number}" if self.chance(0.5) else base

    # The whole --------------------------------------------------------------------------

    def function(self) -> Function:
        own = self.chance(0.12)
        annotated = self.chance(0.6)
        parameter = "session: Session" if annotated else "session"
        hint = self.annotation() if self.honest else ""
        given = self.pick(["result", "result", "result", "out: list", "out"])
        self.lines = [f"def {self.name}({parameter}, items{hint}, {given}):"]
        if given == "result":
            self.put("out = []")
        if own:
            options = self.pick(["", "", "autoflush=False", "expire_on_commit=False"])
            made = self.pick(["SessionLocal", "SessionLocal", "Session"])
            if made == "Session":
                options = ", ".join(filter(None, ["session.get_bind()", options]))
            if self.chance(0.5):
                self.put(f"with {made}({options}) as session:")
                self.depth += 1
            else:
                self.put(f"session = {made}({options})")
        if self.chance(0.06):
            self.put("with session.no_autoflush:")
            self.depth += 1
        for _ in range(self.pick([1, 1, 2, 3])):
            self.pick([self.loop, self.loop, self.loop, self.tallies, self.comprehension,
                       self.step])()  # fmt: skip
        if self.chance(0.3):
            self.step()
        if self.chance(0.1):
            self.put("session.commit()")
            if self.lists:
                self.put(f"out.append(len({self.pick(self.lists)[0]}))")
        if self.lists and self.chance(0.3):
            self.put(f"return {self.pick(self.lists)[0]}")
        self.put("return out")
        return Function(
            self.name, "\n".join(self.lines) + "\n", self.kind, self.shape, self.honest
        )

    def annotation(self) -> str:
        kind = {"Status": "Status", "date": "object", "datetime": "object", "UUID": "object",
                "Decimal": "object"}.get(self.kind, self.kind)  # fmt: skip
        return {
            "list": f": list[{kind}]", "tuple": f": tuple[{kind}, ...]", "iterator": "",
            "pairs": f": list[tuple[{kind}, {kind}]]", "dicts": ": list[dict]", "objects": "",
            "dict": f": dict[{kind}, int]",
        }[self.shape]  # fmt: skip

    # Queries ----------------------------------------------------------------------------

    def condition(self, model: str) -> str:
        column = self.pick(list(COLUMNS[model]))
        kind, nullable, _ = COLUMNS[model][column]
        constant = {
            "int": ["1", "2", "0"], "str": ['"ann"', '"5"', '""'], "bool": ["True", "False"],
            "Status": ["Status.new", "Status.paid"],
        }.get(kind)  # fmt: skip
        label = f"{model}.{column}"
        if constant is None or (nullable and self.chance(0.2)):
            return self.pick([f"{label} == None", f"{label}.is_(None)", f"{label}.isnot(None)"])
        if kind == "bool" and self.chance(0.3):
            return self.pick([label, f"~{label}", f"{label}.is_(True)"])
        operator = self.pick(["==", "==", "!=", "<", ">="]) if kind == "int" else "=="
        simple = f"{label} {operator} {self.pick(constant)}"
        if self.chance(0.1):
            return f"or_({simple}, {self.condition(model)})"
        if self.chance(0.1):
            return f"{label}.in_([{', '.join(constant)}])"
        return simple

    def order_by(self, model: str) -> str:
        column = self.pick(list(COLUMNS[model]))
        if column == "shown":
            column = "id"
        first = f"{model}.{column}" + self.pick(["", ".desc()"])
        if self.chance(0.5):
            key = "id" if "id" in COLUMNS[model] else next(iter(COLUMNS[model]))
            return f"{first}, {model}.{key}" if column != key else first
        return first

    def select(self, entity: str, model: str, tail: str = "", legacy: bool | None = None) -> str:
        """A query expression without its terminal; `tail` is appended."""
        legacy = self.chance(0.5) if legacy is None else legacy
        text = f"{self.session}.query({entity})" if legacy else f"select({entity})"
        method = "filter" if legacy or self.chance(0.2) else "where"
        return text + tail.replace("WHERE", method)

    def base(self, model: str) -> tuple[str, bool]:
        """A query of all rows, or some, of a model and whether it is legacy."""
        legacy = self.chance(0.5)
        tail = ""
        if self.chance(0.35):
            tail += f".WHERE({self.condition(model)})"
        if self.chance(0.06) and RELATIONS.get(model):
            rel = self.pick(list(RELATIONS[model]))
            tail += f".join({model}.{rel})"
        if self.chance(0.5):
            tail += f".order_by({self.order_by(model)})"
        if self.chance(0.08):
            tail += f".limit({self.pick([1, 2, 3])})"
        if self.chance(0.08) and RELATIONS.get(model):
            rel = self.pick(list(RELATIONS[model]))
            loader = self.pick(["selectinload", "joinedload"])
            if not RELATIONS[model][rel][1] or loader == "selectinload":
                tail += f".options({loader}({model}.{rel}))"
        return self.select(model, model, tail, legacy), legacy

    def rows_of(self, model: str) -> str:
        """An expression that gives rows of a model."""
        query, legacy = self.base(model)
        if self.chance(0.15):
            name = self.fresh("query")
            self.put(f"{name} = {query}")
            query = name
        if legacy:
            return query + self.pick([".all()", ".all()", ""])
        return self.pick([
            f"session.scalars({query})", f"session.scalars({query}).all()",
            f"session.execute({query}).scalars()", f"session.execute({query}).scalars().all()",
        ])  # fmt: skip

    # Blocks -----------------------------------------------------------------------------

    def block(self, statements: int) -> None:
        start = len(self.lines)
        self.depth += 1
        saved = list(self.rows), list(self.lists), list(self.items)
        for _ in range(statements):
            self.step()
        if len(self.lines) == start:
            self.put("pass")
        self.rows, self.lists, self.items = saved
        self.depth -= 1

    def loop(self) -> None:
        if self.loops >= 2 or self.depth > 5:
            return
        saved = list(self.rows), list(self.items)
        if self.chance(0.6):
            self.row_loop()
        else:
            self.item_loop()
        self.loops += 1
        self.block(self.pick([1, 2, 2, 3, 4]))
        self.loops -= 1
        if self.chance(0.04):
            self.put("else:\n    out.append('else')")
        self.rows, self.items = saved

    def row_loop(self) -> None:
        outer = [(v, m) for v, m, optional in self.rows if not optional and m in RELATIONS]
        if outer and self.chance(0.4):
            variable, model = self.pick(outer)
            many = [r for r, (_, many) in RELATIONS[model].items() if many]
            if many:
                relation = self.pick(many)
                target = RELATIONS[model][relation][0]
                name = self.fresh(target.lower())
                self.put(f"for {name} in {variable}.{relation}:")
                self.rows.append((name, target, False))
                return
        model = self.pick(["Order"] * 4 + ["Customer"] * 4 + ["Line"] * 2 + list(COLUMNS))
        if self.lists and self.chance(0.25):
            source, model = self.pick(self.lists)
        else:
            source = self.rows_of(model)
            if self.chance(0.45):
                name = self.fresh(model.lower() + "s")
                self.put(f"{name} = {source}")
                if source.endswith(".all()"):
                    self.lists.append((name, model))
                if self.chance(0.1):
                    self.step()
                source = name
        name = self.fresh(model.lower())
        form = self.pick(["{}"] * 8 + ["list({})", "sorted({}, key=lambda o: o.id)",
                         "reversed(list({}))", "list({})[:3]", "(o for o in {})",
                         "[o for o in {} if o]"])  # fmt: skip
        if model in ("Country", "Price") and "sorted" in form:
            form = "{}"
        source = form.format(source)
        if self.chance(0.1):
            index = self.fresh("i")
            self.put(f"for {index}, {name} in enumerate({source}):")
        else:
            self.put(f"for {name} in {source}:")
        self.rows.append((name, model, False))

    def item_loop(self) -> None:
        source = "items"
        if self.chance(0.1):
            source = f"list({source})"
        if self.chance(0.08):
            name = self.fresh("keys")
            self.put(f"{name} = {self.pick(['iter(items)', 'items', 'list(items)', 'set(items)'])}")
            source = name
        if self.shape == "pairs" and self.chance(0.6):
            self.put(f"for key, other in {source}:")
            self.items += ["key", "other"]
            return
        name = self.pick(["item", "item", "key", "row", "value", "k", "x"])
        if self.chance(0.12) and self.shape != "dict":
            self.put(f"for n, {name} in enumerate({source}):")
        else:
            self.put(f"for {name} in {source}:")
        own = {"list": [name], "tuple": [name], "iterator": [name], "dict": [name],
               "pairs": [f"{name}[0]", f"{name}[1]"],
               "dicts": [f'{name}["key"]', f'{name}["key"]', f'{name}.get("key")'],
               "objects": [f"{name}.key", f"{name}.key"]}[self.shape]  # fmt: skip
        self.items += own
        if self.chance(0.25):
            variable = self.fresh("key")
            value = self.pick(own)
            form = self.pick(["{}", "{}", "{}", "clean({})", "str({})", "{} or 1", "int({})",
                             "({} if {} else None)", "{}.strip()"])  # fmt: skip
            self.depth += 1
            self.put(f"{variable} = {form.replace('{}', value)}")
            self.depth -= 1
            self.items = [i for i in self.items if i not in own] + [variable]

    # Steps ------------------------------------------------------------------------------

    def step(self) -> None:
        good = [self.lookup, self.lookup, self.lookup, self.read, self.read, self.read,
                self.column, self.tallies, self.inner, self.inner]  # fmt: skip
        if self.chance(0.82):
            self.pick(good)()
        else:
            self.disturb()

    def inner(self) -> None:
        match self.pick(["if", "loop", "loop", "try", "cache"]):
            case "if":
                self.put(f"if {self.test()}:")
                self.block(self.pick([1, 2]))
                if self.chance(0.2):
                    self.put("else:")
                    self.block(1)
            case "loop":
                self.loop()
            case "try":
                self.put("try:")
                self.block(self.pick([1, 2]))
                caught = self.pick(["NoResultFound", "MultipleResultsFound", "IntegrityError",
                                    "Exception", "KeyError", "AttributeError",
                                    "(NoResultFound, MultipleResultsFound)", "TypeError",
                                    "ValueError"])  # fmt: skip
                self.put(f"except {caught}:")
                self.depth += 1
                self.put(self.pick(["pass", "out.append('caught')", "continue" if self.loops else
                                    "pass", "raise"]))  # fmt: skip
                self.depth -= 1
            case "cache":
                if self.items:
                    key = self.pick(self.items)
                    self.put(f"if {key} in seen:\n    continue\nseen.add({key})"
                             if self.loops else "seen = set()")  # fmt: skip
                    self.lines.insert(1, "    seen = set()")

    def test(self) -> str:
        options = ["out", "len(out) < 3", "not out"]
        for variable, model, optional in self.rows:
            options += [variable, f"{variable} is None"] if optional else []
            column = self.pick(list(COLUMNS[model]))
            options += [f"{variable}.{column}", f"{variable}.{column} is None"] * (not optional)
            options += [f"not {variable}.{column}"] * (not optional)
        for item in self.items:
            options += [item, f"{item} is None", f"not {item}", f"isinstance({item}, int)"]
        return self.pick(options)

    def column(self) -> None:
        if not self.rows:
            return
        variable, model, optional = self.pick(self.rows)
        column = self.pick(list(COLUMNS[model]))
        guard = f" if {variable} else None" if optional and self.chance(0.8) else ""
        self.put(f"out.append({variable}.{column}{guard})")

    def read(self) -> None:
        able = [r for r in self.rows if r[1] in RELATIONS]
        if not able:
            return
        variable, model, optional = self.pick(able)
        relation = self.pick(list(RELATIONS[model]))
        target, many = RELATIONS[model][relation]
        path = f"{variable}.{relation}"
        if optional:
            self.put(f"if {variable}:")
            self.depth += 1
        column = self.pick(list(COLUMNS[target]))
        if many:
            forms = [
                f"out.append(len({path}))", f"out.append([x.{column} for x in {path}])",
                f"out.extend(x.{column} for x in {path})", f"out.append(bool({path}))",
                f"out.append(any(x.{column} for x in {path}))", f"out.append({path}[0] if {path} else 0)",
                f"out.append(sum(x.id for x in {path}))", f"out.append(list({path}))",
                f"out.append({path})", f"out.append({{x.{column} for x in {path}}})",
            ]  # fmt: skip
            deeper = RELATIONS.get(target, {})
            for name, (end, several) in deeper.items():
                other = next(iter(COLUMNS[end]))
                forms.append(
                    f"out.append([len(x.{name}) for x in {path}])" if several
                    else f"out.append([x.{name}.{other} if x.{name} else None for x in {path}])"
                )  # fmt: skip
            self.put(self.pick(forms))
        elif self.chance(0.25):
            name = self.fresh(target.lower())
            self.put(f"{name} = {path}")
            self.rows = [r for r in self.rows if r[0] != name] + [(name, target, True)]
            if optional:
                self.rows.pop()
        else:
            chain = [
                f"out.append({path}.{column} if {path} else None)", f"out.append({path}.{column})",
                f"out.append({path} is None)", f"out.append({path})",
                f"out.append({path} and {path}.{column})",
                f'out.append(getattr({path}, "{column}", None))',
            ]  # fmt: skip
            for name, (end, several) in RELATIONS.get(target, {}).items():
                other = next(iter(COLUMNS[end]))
                value = f"len({path}.{name})" if several else f"{path}.{name}.{other}"
                guard = "" if several else f" and {path}.{name}"
                chain.append(f"out.append({value} if {path}{guard} else None)")
            if model == "Customer" and self.chance(0.2):
                chain = [f"out.append({variable}.region_name)"]
            self.put(self.pick(chain))
        if optional:
            self.depth -= 1

    def key(self) -> tuple[str, str, str]:
        """A key expression, and the model and column that it is looked up by."""
        rows = [(v, m) for v, m, optional in self.rows if not optional]
        if rows and (not self.items or self.chance(0.6)):
            variable, model = self.pick(rows)
            links = [link for link in LINKS if link[0] == model]
            if links:
                _, column, target, other = self.pick(links)
                key = f"{variable}.{column}"
                if self.chance(0.05):
                    key = self.pick([f"str({key})", f"{key} or 1", f"({key} or 0) + 1"])
                return key, target, other
        if self.items:
            wanted = [
                (m, c) for m, columns in COLUMNS.items() for c, (k, _, _) in columns.items()
                if k == self.kind
            ]  # fmt: skip
            if self.chance(0.06):
                wanted = [(m, c) for m, columns in COLUMNS.items() for c in columns]
            unique = [(m, c) for m, c in wanted if COLUMNS[m][c][2]]
            model, column = self.pick(unique if unique and self.chance(0.5) else wanted)
            return self.pick(self.items), model, column
        return self.pick(["1", "2"]), "Customer", "id"

    def lookup(self) -> None:
        key, model, column = self.key()
        legacy = self.chance(0.5)
        equal = f"{model}.{column} == {key}"
        tail = self.pick([f".WHERE({equal})"] * 5 + [f".filter_by({column}={key})"] * 2
                         + [f".WHERE({key} == {model}.{column})"])  # fmt: skip
        if self.chance(0.15):
            tail += f".WHERE({self.condition(model)})"
        if model == "Price" and self.chance(0.7):
            tail += self.pick(['.filter_by(list_code="aa")', ".filter_by(product_id=1)"])
        if self.chance(0.1):
            second = self.pick([c for c in COLUMNS[model] if c != column])
            tail += f".WHERE({model}.{second} == {self.key()[0]})"
        ordered = f".order_by({self.order_by(model)})" if self.chance(0.4) else ""
        if self.chance(0.04):
            ordered += ".limit(1)"
        value = self.pick(list(COLUMNS[model]))
        name = self.fresh(model.lower())
        match self.pick(["row"] * 6 + ["rows"] * 3 + ["count"] * 2 + ["value"] * 2
                        + ["exists", "get", "aggregate", "test", "columns", "first"]):  # fmt: skip
            case "row" | "first":
                query = self.select(model, model, tail + ordered, legacy)
                end = self.pick(["first", "first", "one_or_none", "one"])
                if legacy:
                    text = f"{query}.{end}()"
                elif self.chance(0.5):
                    text = f"session.scalars({query}).{end}()"
                elif end == "first":
                    text = self.pick([f"session.scalar({query})",
                                      f"session.execute({query}).scalars().first()"])  # fmt: skip
                else:
                    text = f"session.execute({query}).scalar_{end}()"
                if self.chance(0.1):
                    self.put(f"out.append({text})")
                    return
                self.put(f"{name} = {text}")
                self.rows = [r for r in self.rows if r[0] != name] + [(name, model, True)]
                self.after_row(name, model, key, column, value)
            case "rows":
                query = self.select(model, model, tail + ordered, legacy)
                text = f"{query}.all()" if legacy else f"session.scalars({query}).all()"
                use = self.pick([
                    "out.append(len({}))", "out.append([x.V for x in {}])", "out.append({})",
                    "out.extend({})", "out.append(sum(x.V or 0 for x in {}))", "LOOP", "NAME",
                    "out.append({}[0] if {} else None)", "out.append({x.V for x in {}})",
                ])  # fmt: skip
                if use == "LOOP":
                    inner = self.fresh(model.lower())
                    self.put(f"for {inner} in {text}:")
                    self.rows.append((inner, model, False))
                    self.block(self.pick([1, 2]))
                    self.rows.pop()
                elif use == "NAME" or "[0]" in use or self.chance(0.5):
                    self.put(f"{name} = {text}")
                    mutate = self.pick([f"{name}.append(1)", f"{name}.pop()", f"{name}.clear()", ""])
                    if self.chance(0.15) and mutate:
                        self.put(mutate)
                    if use not in ("NAME",):
                        self.put(use.replace("{x.V", "{x." + value).replace("{}", name)
                                 .replace("x.V", f"x.{value}"))  # fmt: skip
                    elif self.chance(0.7):
                        self.put(f"out.append({name})")
                else:
                    self.put(use.replace("{x.V", "{x." + value).replace("{}", text)
                             .replace("x.V", f"x.{value}"))  # fmt: skip
            case "count":
                if legacy:
                    text = f"{self.select(model, model, tail, True)}.count()"
                else:
                    what = self.pick([f"func.count({model}.{column})", "func.count()",
                                      f"func.count({model}.{value})"])  # fmt: skip
                    source = f".select_from({model})" if "()" in what else ""
                    text = f"session.scalar({self.select(what, model, source + tail, False)})"
                self.put(f"out.append({text})")
            case "value":
                query = self.select(f"{model}.{value}", model, tail + ordered, legacy)
                end = self.pick(["scalar", "first"])
                text = f"{query}.{end}()" if legacy else f"session.scalar({query})"
                self.put(f"out.append({text})")
            case "columns":
                query = self.select(f"{model}.{value}, {model}.{column}", model, tail, legacy)
                text = f"{query}.first()" if legacy else f"session.execute({query}).first()"
                self.put(f"{name} = {text}\nout.append(tuple({name}) if {name} else None)")
            case "exists":
                query = self.select(model, model, tail, True)
                text = f"session.query({query}.exists()).scalar()"
                if not legacy and "filter_by" not in tail:
                    text = f"session.scalar(select(exists().where({equal})))"
                self.put(f"if {text}:\n    out.append('there')")
            case "get":
                self.put(f"{name} = session.get({model}, {key})")
                self.rows = [r for r in self.rows if r[0] != name] + [(name, model, True)]
                self.column()
            case "aggregate":
                function = self.pick(["sum", "min", "max", "avg"])
                numbers = [c for c, (k, _, _) in COLUMNS[model].items() if k in ("int", "Decimal")]
                target = self.pick(numbers or [column])
                query = self.select(f"func.{function}({model}.{target})", model, tail, legacy)
                text = f"{query}.scalar()" if legacy else f"session.scalar({query})"
                self.put(f"out.append({text}{self.pick(['', ' or 0'])})")
            case "test":
                query = self.select(model, model, tail, True)
                negation = self.pick([" is None", " is not None"])
                self.put(f"if {query}.first(){negation}:\n    out.append({key})")

    def after_row(self, name: str, model: str, key: str, column: str, value: str) -> None:
        match self.pick(["use"] * 6 + ["upsert"] * 2 + ["continue", "raise", "set", "delete"]):
            case "use":
                self.put(f"out.append({name}.{value} if {name} else None)")
            case "upsert":
                given = {"Tag": ["name"], "Label": ["name"], "Region": ["name"], "Order": ["number"],
                         "Customer": ["email"], "Product": ["sku"],
                         "Country": ["code", "name"]}.get(model, [])  # fmt: skip
                arguments = {c: '"new"' for c in given}
                arguments[column] = key if self.chance(0.85) else f"str({key}).strip()"
                text = ", ".join(f"{c}={v}" for c, v in arguments.items() if c != "shown")
                test = self.pick([f"if {name} is None:", f"if not {name}:"])
                self.put(f"{test}\n    {name} = {model}({text})\n    session.add({name})")
                if self.chance(0.3):
                    self.put("    session.flush()")
                if self.chance(0.4):
                    self.put(f"out.append({name}.{value})")
            case "continue" if self.loops:
                self.put(f"if not {name}:\n    {self.pick(['continue', 'break'])}")
                self.rows = [r for r in self.rows if r[0] != name] + [(name, model, False)]
            case "raise":
                self.put(f"if {name} is None:\n    raise KeyError({key})")
                self.rows = [r for r in self.rows if r[0] != name] + [(name, model, False)]
            case "set":
                settable = [c for c in COLUMNS[model] if c != "shown"]
                target = self.pick(settable)
                kind = COLUMNS[model][target][0]
                constant = {"int": "7", "str": '"zz"', "bool": "False"}.get(kind, "None")
                self.put(f"if {name}:\n    {name}.{target} = {constant}")
            case "delete":
                self.put(f"if {name}:\n    session.delete({name})")

    def tallies(self) -> None:
        model = self.pick(["Order", "Customer", "Product", "Audit", "Invoice", "Reminder", "Report",
                           "Line"])  # fmt: skip
        common = self.condition(model)
        names = []
        for _ in range(self.pick([2, 2, 3])):
            legacy = self.chance(0.6)
            tail = f".WHERE({common})" if self.chance(0.5) else ""
            tail += f".WHERE({self.condition(model)})" if self.chance(0.7) else ""
            column = self.pick([c for c in COLUMNS[model] if c != "shown"])
            number = [c for c, (k, _, _) in COLUMNS[model].items() if k in ("int", "Decimal")]
            entity = self.pick([
                f"func.count({model}.{column})", f"func.sum({model}.{self.pick(number)})",
                f"func.max({model}.{column})", f"func.count(func.distinct({model}.{column}))",
                f"func.count({model}.{column}.distinct())", f"func.min({model}.{column})",
                f"func.avg({model}.{self.pick(number)})",
            ])  # fmt: skip
            if self.chance(0.6):
                text = f"{self.select(model, model, tail, True)}.count()"
                if self.chance(0.15):
                    text = f"{self.select(model, model, tail, True)}.first() is not None"
            else:
                query = self.select(entity, model, tail, legacy)
                text = f"{query}.scalar()" if legacy else f"session.scalar({query})"
            name = self.fresh("n")
            names.append(name)
            self.put(f"{name} = {text}{self.pick(['', '', ' or 0'])}")
            if self.chance(0.1):
                self.disturb()
            if self.chance(0.1):
                self.put(f"if not {name}:\n    return out")
        self.put(f"out.append(({', '.join(names)},))")

    def comprehension(self) -> None:
        model = self.pick(["Order", "Customer", "Line"])
        source = self.rows_of(model)
        relation = self.pick(list(RELATIONS[model]))
        target, many = RELATIONS[model][relation]
        column = self.pick(list(COLUMNS[target]))
        path = f"o.{relation}"
        value = f"len({path})" if many else f"{path}.{column} if {path} else None"
        link = self.pick([link for link in LINKS if link[0] == model])
        lookup = f"session.query({link[2]}).filter({link[2]}.{link[3]} == o.{link[1]})"
        value = self.pick([value, value, f"{lookup}.count()", f"{lookup}.first()"])
        form = self.pick(["[{} for o in {}]", "{{o: ({}) for o in {}}}", "list(({}) for o in {})",
                          "[{} for o in {} if o.id > 1]", "{{o.id: ({}) for o in {}}}"])  # fmt: skip
        self.put(f"out.append({form.format(value, source)})".replace("{o: (", "{o.id: ("))

    def disturb(self) -> None:
        forms = ["session.flush()", "session.commit()", "session.expire_all()", "out.append('x')",
                 "session.rollback()", "session.query(Order).filter(Order.id == 1).update("
                 '{"customer_id": 2}, synchronize_session=False)', "print(end='')",
                 'session.add(Order(number=f"n{len(out)}", customer_id=1))',
                 'session.add(Customer(email=f"m{len(out)}", name="ann"))',
                 'session.add(Audit(subject=1, at=None))', "session.expunge_all()",
                 "session.query(Customer).all()", "session.get(Customer, 1)",
                 "with session.begin_nested():\n    session.flush()", "note(out, 1)",
                 'session.add(Line(order_id=1, product_id=1))']  # fmt: skip
        for variable, model, optional in self.rows:
            if optional:
                continue
            columns = [c for c in COLUMNS[model] if c != "shown"]
            column = self.pick(columns)
            kind = COLUMNS[model][column][0]
            constant = {"int": "3", "str": '"zz"', "bool": "True"}.get(kind, "None")
            forms += [f"{variable}.{column} = {constant}"] * 2
            forms += [f"session.delete({variable})", f"session.refresh({variable})",
                      f"session.expire({variable})", f"touch(session, {variable})",
                      f'setattr({variable}, "{column}", {constant})', f"note(out, {variable})",
                      f"out.append({variable})"]  # fmt: skip
            for relation, (target, many) in RELATIONS.get(model, {}).items():
                same = [v for v, m, o in self.rows if m == target and not o]
                value = self.pick(same) if same else "None"
                if many:
                    forms.append(f"{variable}.{relation}.append({target}())" if not same else
                                 f"{variable}.{relation}.append({value})")  # fmt: skip
                else:
                    forms.append(f"{variable}.{relation} = {value}")
        if self.items:
            forms += ["out.append(next(iter(items)))"]
            forms += {"list": ["items.append(2)", "items.pop()", "random.Random(1).shuffle(items)",
                               "items += [1]", "items[0] = 3", "items.sort(key=str)"],
                      "dicts": ['items[-1]["key"] = 2', 'swap(items[-1])',
                                'items[-1].update(key=1)', 'del items[-1]["key"]'],
                      "objects": ["items[-1].advance()", "items[-1].key = 2",
                                  'setattr(items[-1], "key", 1)'],
                      "dict": ["items.pop(1, None)"], "iterator": ["out.append(next(items))"],
                      }.get(self.shape, [])  # fmt: skip
        if self.loops:
            forms += [f"if {self.test()}:\n    {kind}" for kind in
                      ("break", "continue", "return out", "raise ValueError", "continue")] * 2
        self.put(self.pick(forms))
