"""The outline of a random function: queries, loops and the blocks in them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.fuzz.schema import COLUMNS, RELATIONS

T = TypeVar("T")


@dataclass(frozen=True)
class Function:
    """One program: its source, and what `items` is in it."""

    name: str
    source: str
    kind: str
    shape: str
    honest: bool


class Writer:
    """Writes the outline of a function: queries and loops. What is in them is a subclass's."""

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
        self.put(f"kept = {self.pick(['True', 'False', 'len([1, 2])'])}")
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
        return Function(self.name, "\n".join(self.lines) + "\n", self.kind, self.shape, self.honest)

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
        elif self.chance(0.2):
            self.literal_loop()
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

    # What a subclass fills it with --------------------------------------------------------

    def step(self) -> None:
        raise NotImplementedError

    def literal_loop(self) -> None:
        raise NotImplementedError

    def tallies(self) -> None:
        raise NotImplementedError

    def comprehension(self) -> None:
        raise NotImplementedError
