"""Random functions over the models: loops, lookups, reads, counts, and what makes them unsafe."""

from __future__ import annotations

import random

from tests.fuzz.forms import Forms
from tests.fuzz.schema import COLUMNS, LINKS, RELATIONS
from tests.fuzz.writer import Function


def function(rng: random.Random, name: str) -> Function:
    """A random function called `name`."""
    return _Program(rng, name).function()


class _Program(Forms):

    # Steps ------------------------------------------------------------------------------

    def step(self) -> None:
        good = [self.lookup, self.lookup, self.lookup, self.read, self.read, self.read,
                self.column, self.tallies, self.inner, self.inner, self.form, self.form]  # fmt: skip
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
        match self.pick(["row"] * 6 + ["rows"] * 3 + ["count"] * 2 + [
            "value"
        ] * 2
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
                    mutate = self.pick(
                        [f"{name}.append(1)", f"{name}.pop()", f"{name}.clear()", ""]
                    )
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
