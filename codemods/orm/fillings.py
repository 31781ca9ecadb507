"""The lines that fill a dict or a set with what one chunk of keys finds."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm import uses
from codemods.orm.forwarded import Forwarded
from codemods.orm.naming import free, plural, snake
from codemods.orm.query_code import Unwritable, as_code
from codemods.orm.query_steps import check_free
from codemods.orm.requery import Requery
from codemods.orm.selected_columns import name_of, selected
from codemods.orm.totals import Totals
from codemods.orm.values import ColumnRef
from codemods.patch import Code, Copied, Hole

if TYPE_CHECKING:
    from codemods.orm.fetches import Fetch
    from codemods.orm.figures import Figures
    from codemods.orm.query import Aggregate
    from codemods.project.model import Model

_UNORDERED = frozenset({"order_by", "options"})


class Filling:
    """Writes what stands in the loop over chunks of a `Fetch`."""

    def __init__(self, fetch: Fetch) -> None:
        self.fetch = fetch
        self.lookup = fetch.lookup
        self.scope = fetch.scope

    def lines(self) -> tuple[list[str], dict[str, Hole], Requery]:
        """The lines in the loop over chunks, with their holes."""
        lines, holes, requery = self._lines()
        check_free(requery, (*holes.values(), *requery.steps.holes.values()))
        return [*requery.steps.lines, *lines], {**holes, **requery.steps.holes}, requery

    def _lines(self) -> tuple[list[str], dict[str, Hole], Requery]:
        lookup, found, row = self.lookup, self.fetch.found, self.fetch.row
        if self.fetch.ranked or lookup.limit is not None:
            return self._ranked()
        if self.fetch.as_set:
            requery = Requery(lookup, self.fetch.keys, _UNORDERED)
            query = Code.of("{query}.distinct()", query=requery.statement(requery.key_columns()))
            sent, scalars = self.sent(query, scalars=len(lookup.parts) == 1)
            if scalars:
                return [f"{found}.update({{query}})"], {"query": sent}, requery
            names = self._key_names()
            target = f"({names[0]},)" if len(names) == 1 else ", ".join(names)
            made = names[0] if len(names) == 1 else f"({', '.join(names)})"
            return [f"{found}.update({made} for {target} in {{query}})"], {"query": sent}, requery
        if lookup.totals is not None:
            return self._totals(lookup.totals)
        if lookup.figures is not None:
            return self._figures(lookup.figures)
        if lookup.kind in ("count", "aggregate") or lookup.extreme:
            return self._grouped()
        if lookup.kind in ("value", "values", "columns", "tuples"):
            return self._columns()
        requery = Requery(lookup, self.fetch.keys)
        if lookup.apart:
            return self._apart(requery)
        sent, _ = self.sent(requery.statement(), scalars=True)
        return self._stored(row, row, f"for {row} in {{query}}:"), {"query": sent}, requery

    def whole(self, declared: Code, lines: list[str], holes: dict[str, Hole]) -> tuple[Code, ...]:
        """The same without chunks: one expression where that is all that fills the dict or set."""
        name, _, _ = declared.text.rpartition(" = ")
        update = f"{self.fetch.found}.update("
        match lines:
            case [line] if line.startswith(update):
                inside = line[len(update) : -1]
                made = f"set({inside})" if inside == "{query}" else f"{{{{{inside}}}}}"
            case [loop, line] if " = " in line:
                item, _, value = line.strip().partition(" = ")
                key = item.removeprefix(f"{self.fetch.found}[").removesuffix("]")
                made = f"{{{{{key}: {value} {loop.removesuffix(':')}}}}}"
            case _:
                return declared, Code.of("\n".join(lines), **holes)
        return (Code.of(f"{name} = {made}", **dict(declared.holes), **holes),)

    def _stored(self, key_owner: str, value: str, header: str, key: str | None = None) -> list[str]:
        key = key or self.fetch.row_key(key_owner)
        if self.fetch.as_groups:
            line = f"    {self.fetch.found}.setdefault({key}, []).append({value})"
        elif self.lookup.finds_null or not (
            self.lookup.is_unique or self.fetch.ranked or self.lookup.is_get
        ):
            line = f"    {self.fetch.found}.setdefault({key}, {value})"
        else:
            line = f"    {self.fetch.found}[{key}] = {value}"
        return [header, line]

    def _key_names(self) -> list[str]:
        """Variables for the key's columns."""
        names: list[str] = []
        for part in self.lookup.parts:
            one = part.column.name
            taken = (self.fetch.taken - self.fetch.spare) | {*names}
            names.append(free(one, "key", f"{snake(part.model.name)}_{one}", taken=taken))
        return names

    def _grouped(self) -> tuple[list[str], dict[str, Hole], Requery]:
        """Counts, sums and extremes: one row for each key."""
        lookup = self.lookup
        requery = Requery(lookup, self.fetch.keys, _UNORDERED)
        keys = requery.key_columns()
        if function := lookup.extreme:
            column, name = lookup.columns[0].column.name, name_of(lookup, 0)
            number = Code.of(
                f'{self._func(requery)}.{function}({{column}}).label("{name}")',
                column=requery.attribute(column),
            )
        elif lookup.aggregate is not None and isinstance(lookup.run, Forwarded):
            number = self._aggregate(requery, lookup.aggregate)
        elif lookup.aggregate is not None:
            number = as_code(Copied(self.scope.place(lookup.aggregate.node)))
        else:
            number = Code.of(f"{self._func(requery)}.count()")
        first = uses.read_by_position(self.scope, lookup.expression, lookup.loop.owner)
        query = requery.statement((number, *keys) if first else (*keys, number))
        holes: dict[str, Hole] = {f"c{n}": column for n, column in enumerate(keys)}
        listed = ", ".join(f"{{{name}}}" for name in holes)
        query = Code.of(f"{{query}}.group_by({listed})", query=query, **holes)
        sent, _ = self.sent(query, scalars=False)
        if lookup.kind == "columns":
            self._check_row()
            row, found = self.fetch.row, self.fetch.found
            lines = [
                f"for {row} in {{query}}:",
                f"    {found}[{self.fetch.row_key(row)}] = {row}",
            ]
            return lines, {"query": sent}, requery
        names = self._key_names()
        wanted = lookup.aggregate.function if lookup.aggregate else lookup.kind
        if lookup.kind == "value":
            wanted = lookup.columns[0].column.name
        if wanted in ("min", "max", "sum"):
            wanted = "value"
        number_name = free(wanted, "value", "number", taken={*self.fetch.taken, *names})
        key = names[0] if len(names) == 1 else f"({', '.join(names)})"
        return (
            [
                f"for {', '.join([*names, number_name])} in {{query}}:",
                f"    {self.fetch.found}[{key}] = {number_name}",
            ],
            {"query": sent},
            requery,
        )

    def _aggregate(self, requery: Requery, aggregate: Aggregate) -> Code:
        """An aggregate of a query that another function sends, in the names of this one."""
        function, model = f"{self._func(requery)}.{aggregate.function}", self.lookup.model
        node, instead = aggregate.node, ""
        match node:
            case ast.Call(
                func=ast.Attribute(attr="coalesce"), args=[inner, ast.Constant(value=int() as none)]
            ):
                node, instead = inner, f", {none}"
        made = self._computed(requery, node, aggregate, function, model)
        if instead:
            return Code.of(f"{self._func(requery)}.coalesce({{made}}{instead})", made=made)
        return made

    def _computed(
        self, requery: Requery, node: ast.expr, aggregate: Aggregate, function: str, model: Model
    ) -> Code:
        match node, aggregate.argument:
            case ast.Call(func=ast.Attribute(), args=[], keywords=[]), None:
                return Code.of(f"{function}()")
            case ast.Call(func=ast.Attribute(), args=[given], keywords=[]), ColumnRef(
                column=column
            ) if given is aggregate.argument_node and column is model.columns.get(column.name):
                return Code.of(f"{function}({{column}})", column=requery.attribute(column.name))
        raise Unwritable("what is counted or added up has no name here", self.lookup.expression)

    def _totals(self, totals: Totals) -> tuple[list[str], dict[str, Hole], Requery]:
        """The number of rows of each key, and sums of columns."""
        requery = Requery(self.lookup, self.fetch.keys, _UNORDERED)
        keys, function = requery.key_columns(), self._func(requery)
        numbers = [
            Code.of(f"{function}.count()") if column is None
            else Code.of(f"{function}.sum({{column}})", column=requery.attribute(column.name))
            for column in totals.columns
        ]  # fmt: skip
        holes: dict[str, Hole] = {f"c{n}": column for n, column in enumerate(keys)}
        listed = ", ".join(f"{{{name}}}" for name in holes)
        query = requery.statement((*keys, *numbers))
        sent, _ = self.sent(Code.of(f"{{query}}.group_by({listed})", query=query, **holes), False)
        names, values = self._key_names(), list(self.fetch.total_names)
        key = names[0] if len(names) == 1 else f"({', '.join(names)})"
        value = values[0] if len(values) == 1 else f"({', '.join(values)})"
        lines = [
            f"for {', '.join([*names, *values])} in {{query}}:",
            f"    {self.fetch.found}[{key}] = {value}",
        ]
        return lines, {"query": sent}, requery

    def _figures(self, figures: Figures) -> tuple[list[str], dict[str, Hole], Requery]:
        """Several aggregates of each key."""
        requery = Requery(self.lookup, self.fetch.keys, _UNORDERED)
        keys = requery.key_columns()
        selected = [entity.node for entity in self.lookup.query.entities]
        numbers = [as_code(Copied(self.scope.place(node))) for node in selected]
        holes: dict[str, Hole] = {f"c{n}": column for n, column in enumerate(keys)}
        listed = ", ".join(f"{{{name}}}" for name in holes)
        query = requery.statement((*keys, *numbers))
        sent, _ = self.sent(Code.of(f"{{query}}.group_by({listed})", query=query, **holes), False)
        names = self._key_names()
        values = list(figures.names({*self.fetch.taken, *names}))
        if figures.assigned is not None:
            values = list(self.fetch.total_names)
        key = names[0] if len(names) == 1 else f"({', '.join(names)})"
        lines = [
            f"for {', '.join([*names, *values])} in {{query}}:",
            f"    {self.fetch.found}[{key}] = ({', '.join(values)})",
        ]
        return lines, {"query": sent}, requery

    def _apart(self, requery: Requery) -> tuple[list[str], dict[str, Hole], Requery]:
        """Rows with their keys next to them."""
        columns = (Code.of("{model}", model=requery.model()), *requery.key_columns())
        sent, _ = self.sent(requery.statement(columns), scalars=False)
        return self._stored_apart(), {"query": sent}, requery

    def _stored_apart(self) -> list[str]:
        row, names = self.fetch.row, self._key_names()
        key = names[0] if len(names) == 1 else f"({', '.join(names)})"
        header = f"for {', '.join([row, *names])} in {{query}}:"
        return self._stored(row, row, header, key)

    def _func(self, requery: Requery) -> str:
        return requery.imported("func")

    def _columns(self) -> tuple[list[str], dict[str, Hole], Requery]:
        """Some columns of a row, with those of its key behind them."""
        lookup, row = self.lookup, self.fetch.row
        requery = Requery(lookup, self.fetch.keys)
        if lookup.apart:
            return self._values_apart(requery)
        listed = selected(lookup, requery)
        sent, _ = self.sent(requery.statement(tuple(listed.values())), scalars=False)
        match lookup.kind:
            case "columns":
                self._check_row(len(listed))
                value = row
            case "tuples":
                value = self._tuple(len(listed))
            case _:
                value = f"{row}.{next(iter(listed))}"
        return self._stored(row, value, f"for {row} in {{query}}:"), {"query": sent}, requery

    def _values_apart(self, requery: Requery) -> tuple[list[str], dict[str, Hole], Requery]:
        """One column of rows, with their keys next to it."""
        column, names = self.lookup.columns[0].column.name, self._key_names()
        both = (requery.attribute(column), *requery.key_columns())
        sent, _ = self.sent(requery.statement(both), scalars=False)
        value = free(column, "value", f"found_{column}", taken={*self.fetch.taken, *names})
        key = names[0] if len(names) == 1 else f"({', '.join(names)})"
        header = f"for {', '.join([value, *names])} in {{query}}:"
        return self._stored(value, value, header, key), {"query": sent}, requery

    def _check_row(self, selected: int | None = None) -> None:
        """Check that no code sees the key's columns, which a row has behind its own.

        Raises:
            Unwritable: where the row is unpacked, measured, handed on or returned.
        """
        lookup, wanted = self.lookup, len(self.lookup.columns)
        read = uses.row_read_by_name(self.scope, lookup.expression, lookup.loop.owner, wanted)
        if selected != wanted and not read:
            raise Unwritable("the columns are used as a whole", lookup.expression)

    def _tuple(self, selected: int) -> str:
        """A row of columns as the loop reads it, where the key's columns stand behind them."""
        lookup, row, wanted = self.lookup, self.fetch.row, len(self.lookup.columns)
        if selected == wanted:
            return row
        read = uses.rows_of_columns(self.scope, lookup.expression, lookup.loop.owner, wanted)
        if read is None:
            raise Unwritable("the rows of columns are used as a whole", lookup.expression)
        return row if read == "names" else f"{row}[:{wanted}]"

    def _ranked(self) -> tuple[list[str], dict[str, Hole], Requery]:
        """The first rows of each key: their position among those with it, in the ORDER BY."""
        lookup, row = self.lookup, self.fetch.row
        model = lookup.model
        if len(model.primary_key) != 1 or lookup.query.loaders:
            raise Unwritable(
                "which row is the first cannot be written for this query", lookup.expression
            )
        requery = Requery(lookup, self.fetch.keys, _UNORDERED)
        requery.from_own = bool(lookup.query.joins)
        identity = model.primary_key[0]
        orders: list[Hole] = [requery.order(o) for o in lookup.query.orderings]
        if not lookup.total_order:
            orders.append(requery.attribute(identity))
        holes: dict[str, Hole] = {f"o{n}": order for n, order in enumerate(orders)}
        listed = ", ".join(f"{{{name}}}" for name in holes)
        columns = {f"p{n}": column for n, column in enumerate(requery.key_columns())}
        parts = ", ".join(f"{{{name}}}" for name in columns)
        parts = f"[{parts}]" if len(columns) > 1 else parts
        listed = f"[{listed}]" if len(orders) > 1 else listed
        rank = Code.of(
            f"{self._func(requery)}.row_number().over(partition_by={parts}, order_by={listed})"
            '.label("position")',
            **holes,
            **columns,
        )
        ranked = free("ranked", f"ranked_{plural(snake(model.name))}", taken=self.fetch.taken)
        entities = lookup.kind in ("row", "rows")
        wanted = f"position <= {lookup.limit}" if lookup.limit else "position == 1"
        if lookup.kind == "columns":
            self._check_row()
        columns_of_row = {} if entities else selected(lookup, requery)
        listed_columns = (requery.attribute(identity),) if entities else (*columns_of_row.values(),)
        labels = [f"key_{part.column.name}" for part in lookup.parts] if lookup.apart else []
        if len(set(labels)) < len(labels):
            raise Unwritable("two parts of the key have one name", lookup.expression)
        listed_columns += tuple(
            Code.of(f'{{column}}.label("{label}")', column=column)
            for label, column in zip(labels, requery.key_columns(), strict=False)
        )
        inner = requery.statement((*listed_columns, rank))
        lines = [f"{ranked} = {{inner}}.subquery()"]
        ordered = f".order_by({ranked}.c.position)" if lookup.limit else ""
        filtering = "filter" if lookup.run.query.style == "legacy" else "where"
        outer = Requery(lookup, self.fetch.keys)
        root = lookup.query.roots[0]
        if entities:
            if lookup.apart:
                named = (Code.of(f"{ranked}.c.{label}") for label in labels)
                outer.columns = (Code.of("{model}", model=outer.model()), *named)
            query = Code.of(
                f"{{root}}.join({ranked}, {{identity}} == {ranked}.c.{identity})"
                f".{filtering}({ranked}.c.{wanted}){ordered}",
                root=outer.root(root),
                identity=requery.attribute(identity),
            )
        else:
            outer.columns = tuple(Code.of(f"{ranked}.c.{name}") for name in columns_of_row)
            query = Code.of(
                f"{{root}}.{filtering}({ranked}.c.position == 1)", root=outer.root(root)
            )
        sent, _ = self.sent(query, scalars=entities and not lookup.apart)
        if lookup.apart:
            return [*lines, *self._stored_apart()], {"inner": inner, "query": sent}, requery
        value = row
        if lookup.kind == "value":
            value = f"{row}.{next(iter(columns_of_row))}"
        lines += self._stored(row, value, f"for {row} in {{query}}:")
        return lines, {"inner": inner, "query": sent}, requery

    def sent(self, statement: Code, scalars: bool) -> tuple[Code, bool]:
        """What sends a statement, and whether first columns come out of it alone."""
        lookup = self.lookup
        run = lookup.run
        legacy = run.query.style == "legacy" and not (lookup.is_get and run.sent_whole)
        if legacy:
            return statement, False
        session: Hole
        if isinstance(run, Forwarded) and run.sender is not None:
            session = run.sender
        elif run.session_node is not None:
            session = Copied(self.scope.place(run.session_node))
        else:
            raise Unwritable("the session has no name here", lookup.expression)
        match run.node:
            case ast.Call(func=ast.Attribute(attr=name)):
                method = name
            case _:
                raise Unwritable("the statement is not sent by a method", lookup.expression)
        if method == "exec" and scalars:
            return self._awaited("{session}.exec({statement})", session, statement), True
        if method == "execute" and scalars:
            if run.awaited:
                code = Code.of(
                    "(await {session}.execute({statement})).scalars()",
                    session=session,
                    statement=statement,
                )
            else:
                code = Code.of(
                    "{session}.execute({statement}).scalars()", session=session, statement=statement
                )
            return code, True
        name = "scalars" if scalars else ("exec" if method == "exec" else "execute")
        return self._awaited(f"{{session}}.{name}({{statement}})", session, statement), scalars

    def _awaited(self, text: str, session: Hole, statement: Code) -> Code:
        prefix = "await " if self.lookup.run.awaited else ""
        return Code.of(prefix + text, session=session, statement=statement)
