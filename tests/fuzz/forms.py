"""Lookups in rarer forms: in steps, by a joined table's key, limited, of literals, in lower case."""

from __future__ import annotations

from tests.fuzz.disturbances import Disturbances
from tests.fuzz.schema import COLUMNS, RELATIONS

LITERALS = {
    "int": ["range(1, 4)", "(1, 2, 9)", "[2, 1, 2]", "range(5)"],
    "str": ['("ann", "c1@x")', '["s1", "5", "s1"]'],
    "Status": ["Status", "(Status.new, Status.paid)"],
    "bool": ["(True, False)"],
}


class Forms(Disturbances):
    """Adds them to the steps of a program."""

    def key_of_kind(self) -> str | None:
        """A key expression of the program's kind."""
        rows = [
            f"{v}.{c}" for v, m, optional in self.rows if not optional
            for c, (kind, _, _) in COLUMNS[m].items() if kind == self.kind and c != "shown"
        ]  # fmt: skip
        return self.pick([*rows, *self.items]) if rows or self.items else None

    def wanted(self, unique: bool = False) -> list[tuple[str, str]]:
        """Models with a column of the program's kind."""
        return [
            (m, c) for m, columns in COLUMNS.items() for c, (kind, _, single) in columns.items()
            if kind == self.kind and c != "shown" and (single or not unique)
        ]  # fmt: skip

    def form(self) -> None:
        key = self.key_of_kind()
        if key is None or not self.wanted():
            return
        self.pick(
            [self.in_steps, self.in_steps, self.joined, self.joined, self.limited, self.lowered,
             self.distinct, self.one, self.tangled]
        )(key)  # fmt: skip

    def literal_loop(self) -> None:
        literals = LITERALS.get(self.kind)
        if literals is None:
            self.item_loop()
            return
        name = self.pick(["item", "key", "k", "x"])
        source = self.pick(literals)
        if self.chance(0.3):
            listed = self.fresh("listed")
            self.put(f"{listed} = {source}")
            source = listed
        self.put(f"for {name} in {source}:")
        self.items.append(name)

    def end(self, query: str, legacy: bool, model: str) -> str:
        """A use of a query of whole rows."""
        column = next(iter(COLUMNS[model]))
        many = f"{query}.all()" if legacy else f"session.scalars({query}).all()"
        one = self.pick(["first", "one_or_none", "one"])
        single = f"{query}.{one}()" if legacy else f"session.scalars({query}).{one}()"
        name = self.fresh("found")
        match self.pick(["many", "many", "len", "one", "one", "count"]):
            case "len":
                return f"out.append(len({many}))"
            case "one":
                return f"{name} = {single}\nout.append({name} and {name}.{column})"
            case "count" if legacy:
                return f"out.append({query}.count())"
        return self.pick([f"out.append([r.{column} for r in {many}])", f"out.append({many})"])

    def in_steps(self, key: str) -> None:
        model, column = self.pick(self.wanted())
        legacy = self.chance(0.5)
        name = self.fresh("q")
        method = "filter" if legacy else "where"
        base = self.select(model, model, f".WHERE({model}.{column} == {key})", legacy)
        self.put(f"{name} = {base}")
        tests = ["items", "not items", "items is None", "kept", self.test()]
        for _ in range(self.pick([1, 1, 2])):
            self.put(f"if {self.pick(tests)}:")
            self.put(f"    {name} = {name}.{method}({self.condition(model)})")
            if self.chance(0.3):
                self.put(f"else:\n    {name} = {name}.{method}({self.condition(model)})")
        if self.chance(0.4):
            self.put(f"{name} = {name}.order_by({self.order_by(model)})")
        self.put(self.end(name, legacy, model))

    def joined(self, key: str) -> None:
        reached = [
            (model, relation, target)
            for model, relations in RELATIONS.items()
            for relation, (target, _) in relations.items()
            if any(kind == self.kind for kind, _, _ in COLUMNS[target].values()) and target != model
        ]
        if not reached:
            return
        model, relation, target = self.pick(reached)
        column = self.pick([c for c, (k, _, _) in COLUMNS[target].items() if k == self.kind])
        if column == "shown":
            return
        legacy = self.chance(0.5)
        tail = f".join({model}.{relation}).WHERE({target}.{column} == {key})"
        if self.chance(0.3):
            tail += f".WHERE({self.condition(model)})"
        if self.chance(0.6):
            tail += f".order_by({model}.{next(iter(COLUMNS[model]))})"
        self.put(self.end(f"{self.select(model, model, tail, legacy)}", legacy, model))

    def limited(self, key: str) -> None:
        model, column = self.pick(self.wanted())
        legacy = self.chance(0.5)
        tail = f".WHERE({model}.{column} == {key})"
        if self.chance(0.8):
            tail += f".order_by({self.order_by(model)})"
        tail += f".limit({self.pick([1, 2, 3])})"
        self.put(self.end(self.select(model, model, tail, legacy), legacy, model))

    def lowered(self, key: str) -> None:
        wanted = [(m, c) for m, c in self.wanted() if COLUMNS[m][c][0] == "str"]
        if not wanted:
            return
        model, column = self.pick(wanted)
        legacy = self.chance(0.5)
        function = self.pick(["lower", "lower", "upper"])
        value = f"{key}.{function}()"
        if not any(key == item for item in self.items):
            value = f'({key} or "").{function}()'
        tail = f".WHERE(func.{function}({model}.{column}) == {value})"
        if self.chance(0.5):
            tail += f".order_by({self.order_by(model)})"
        self.put(self.end(self.select(model, model, tail, legacy), legacy, model))

    def distinct(self, key: str) -> None:
        model, column = self.pick(self.wanted())
        legacy = self.chance(0.5)
        tail = f".WHERE({model}.{column} == {key})"
        before, after = self.pick([(".distinct()", ""), ("", ".distinct()")])
        self.put(self.end(self.select(model, model, before + tail + after, legacy), legacy, model))

    def tangled(self, key: str) -> None:
        """A lookup of which more than the key depends on the item."""
        model, column = self.pick(self.wanted())
        legacy = self.chance(0.5)
        where = f".WHERE({model}.{column} == {key})"
        number = next((c for c, (k, _, _) in COLUMNS[model].items() if k == "int"), column)
        name = self.fresh("part")
        match self.pick(["in", "sum", "above", "shifted", "order"]):
            case "in":
                text = self.select(
                    model, model, where + f".WHERE({model}.{column}.in_([{key}]))", legacy
                )
            case "sum":
                text = self.select(f"func.count(case(({model}.{column} == {key}, 1)))", model,
                                   where, legacy)  # fmt: skip
                text = f"{text}.scalar()" if legacy else f"session.scalar({text})"
                self.put(f"out.append({text})")
                return
            case "above":
                self.put(f"{name} = {model}.{number} > len(out)")
                text = self.select(model, model, where + f".WHERE({name})", legacy)
            case "shifted":
                self.put(f"{name} = {model}.{number} + len(out)")
                text = self.select(model, model, where + f".WHERE({name} > 2)", legacy)
            case _:
                self.put(f"{name} = [{model}.{column}, {model}.{number}][len(out) % 2]")
                text = self.select(model, model, where + f".order_by({name})", legacy)
        self.put(self.end(text, legacy, model))

    def one(self, key: str) -> None:
        wanted = self.wanted(unique=True)
        if not wanted:
            return
        model, column = self.pick(wanted)
        legacy = self.chance(0.5)
        value = self.pick([c for c in COLUMNS[model] if c != "shown"])
        if self.chance(0.5):
            query = self.select(model, model, f".WHERE({model}.{column} == {key})", legacy)
            text = f"{query}.one()" if legacy else f"session.scalars({query}).one()"
            self.put(f"out.append({text}.{value})")
            return
        query = self.select(f"{model}.{value}", model, f".WHERE({model}.{column} == {key})", legacy)
        text = f"{query}.one()[0]" if legacy else f"session.execute({query}).scalar_one()"
        self.put(f"out.append({text})")
