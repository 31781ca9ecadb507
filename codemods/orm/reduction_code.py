"""The query of a sum, an extreme or a test, and the patches that put it there."""

from __future__ import annotations

import ast
from functools import cached_property

from codemods.facts.nodes import walk
from codemods.orm.chains import Chain, chain, needless, unused_imports
from codemods.orm.loop_reductions import LoopReduction
from codemods.orm.naming import free
from codemods.orm.reductions import Reduction
from codemods.orm.refusals import told_after
from codemods.orm.sql_names import SqlNames
from codemods.patch import Code, Copied, InsertAfter, InsertBefore, Patch, Remove, Replace

_EXTREMES = {"min": "lowest", "max": "highest"}


class ReductionCode:
    """Writes one `Reduction`."""

    def __init__(self, reduction: Reduction) -> None:
        self.reduction = reduction
        self.rows = reduction.rows
        self.scope = reduction.scope
        self.words = SqlNames(self.scope, self.scope.place(reduction.call))

    @cached_property
    def steps(self) -> Chain:
        return chain(self.scope, self.rows.query_node)

    @cached_property
    def dropped(self) -> list[ast.expr]:
        return needless(self.rows.query, self.steps)

    @property
    def ordered(self) -> bool:
        """True if the query has an order that is written elsewhere."""
        orders = [call for call in self.rows.query.calls if call.method == "order_by"]
        return len(self.steps.named("order_by")) < len(orders)

    def filtered(self, query: Code | Copied) -> Code | Copied:
        """The query with the conditions of the comprehension."""
        found = self.reduction.translated(self.reduction.row_test(self.words))
        if not found:
            return query
        holes = {f"c{number}": part for number, part in enumerate(found)}
        method = "filter" if self.rows.legacy else "where"
        listed = ", ".join(f"{{{name}}}" for name in holes)
        return Code.of(f"{{query}}.{method}({listed})", query=query, **holes)

    def asked(self) -> Code:
        """The expression that asks for the value."""
        reduction, rows, words = self.reduction, self.rows, self.words
        if reduction.tested:
            query = self.filtered(self.steps.without(self.dropped))
            made = self.exists(Code.of("{query}.exists()", query=query))
            return Code.of("not {made}", made=made) if reduction.function == "all" else made
        if rows.legacy:
            value = reduction.aggregate(words)
            if (root := self.plain_root) is not None:
                put = Code.of("{ask}({value})", ask=Copied(self.scope.place(root)), value=value)
                query = self.filtered(self.steps.without(self.dropped, put))
                return Code.of("{query}.scalar()", query=query)
            query = self.filtered(self.steps.without(self.dropped))
            text = "{query}.order_by(None)" if self.ordered else "{query}"
            return Code.of(f"{text}.with_entities({{value}}).scalar()", query=query, value=value)
        return words.sent(rows.run, self.filtered(self.select()))

    @property
    def plain_root(self) -> ast.expr | None:
        """`session.query` of `session.query(Order)`, where the value can stand for the class."""
        query, begin = self.rows.query, self.steps.begin
        if query.joins_other_tables or query.has("filter_by") is not None:
            return None
        if begin is not query.roots[0] or len(query.roots) != 1 or not isinstance(begin, ast.Call):
            return None
        return begin.func

    def exists(self, found: Code) -> Code:
        rows, words = self.rows, self.words
        if rows.legacy:
            session = words.session(rows)
            assert session is not None
            return Code.of("{session}.query({found}).scalar()", session=session, found=found)
        select = words.select(rows.query)
        return words.sent(rows.run, Code.of("{select}({found})", select=select, found=found))

    def select(self) -> Code | Copied:
        """The SELECT with the value in the place of the rows."""
        query, value = self.rows.query, self.reduction.aggregate(self.words)
        # filter_by() of 2.1 finds a column of the class and of the sum ambiguous
        plain = query.has("filter_by") is None
        if plain and len(query.roots) == 1 and self.steps.begin is query.roots[0]:
            put = Code.of("{select}({value})", select=self.words.select(query), value=value)
            if query.joins_other_tables:
                table = Copied(self.scope.place(query.entities[0].node))
                put = Code.of("{put}.select_from({table})", put=put, table=table)
            return self.steps.without(self.dropped, put)
        made = Code.of(
            "{query}.with_only_columns({value})",
            query=self.steps.without(self.dropped), value=value,
        )  # fmt: skip
        return Code.of("{made}.order_by(None)", made=made) if self.ordered else made

    def patches(self) -> tuple[Patch, ...]:
        scope, reduction, rows = self.scope, self.reduction, self.rows
        if isinstance(reduction, LoopReduction):
            return self.instead_of_loop(reduction)
        asked, call = self.asked(), reduction.call
        changed: list[Patch] = []
        raised = reduction.raised_at if self.raises else None
        match raised:
            case ast.Assign(targets=[ast.Name(id=name)]) if not self.is_seen(raised, name):
                changed.append(Replace(scope.place(call), asked))
                changed.append(InsertAfter(scope.place(raised), (self.error(name),)))
            case ast.Assign() | ast.Return():
                attribute = (
                    reduction.value.attr if isinstance(reduction.value, ast.Attribute) else ""
                )
                name = free(f"{_EXTREMES[reduction.function]}_{attribute}", taken=scope.taken_names)
                made = Code.of(f"{name} = {{asked}}", asked=asked)
                changed.append(InsertBefore(scope.place(raised), (made, self.error(name))))
                changed.append(Replace(scope.place(call), Code.of(name)))
            case _:
                changed.append(Replace(scope.place(call), asked))
        if rows.assigned is not None:
            changed.append(Remove(scope.place(rows.assigned)))
        if rows.result is not None:
            changed.append(Remove(scope.place(rows.result)))
        return (
            *self.words.imports.values(), *unused_imports(scope, self.dropped), *changed,
        )  # fmt: skip

    def instead_of_loop(self, reduction: LoopReduction) -> tuple[Patch, ...]:
        """The value is asked for where the loop was."""
        scope, rows, part = self.scope, self.rows, reduction.part
        assert part is not None
        written = reduction.written(self.asked())
        dropped = [reduction.begun, rows.assigned, rows.result, reduction.ended]
        return (
            *self.words.imports.values(), *unused_imports(scope, self.dropped),
            Replace(scope.place(part.loop), written),
            *(Remove(scope.place(statement)) for statement in dropped if statement is not None),
        )  # fmt: skip

    def is_seen(self, statement: ast.Assign, name: str) -> bool:
        """True if the variable can be read after the error, and has its old value then."""
        shared = any(
            isinstance(node, ast.Global | ast.Nonlocal) and name in node.names
            for node in walk(self.scope.node)
        )
        tries = self.rows.run.tries
        return shared or any(told_after(self.scope, each, [statement]) for each in tries)

    @property
    def raises(self) -> bool:
        """True if there is an error to be raised where there are no rows."""
        return self.reduction.function in _EXTREMES and self.reduction.default is None

    def error(self, name: str) -> Code:
        message = f'"{self.reduction.function}() arg is an empty sequence"'
        return Code.of(f"if {name} is None:\n    raise ValueError({message})")
