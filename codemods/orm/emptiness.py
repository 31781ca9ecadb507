"""Rows, and counts of rows, of which only is asked whether there is one; EXISTS in their place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Precondition
from codemods.orm import whole_rows
from codemods.orm.chains import chain, needless, unused_imports
from codemods.orm.counting import called, things, variable, what_of
from codemods.orm.later_loads import not_needed_later
from codemods.orm.naming import free, plural, snake
from codemods.orm.per_item import asked_before_the_loop
from codemods.orm.preconditions import proven, unknown
from codemods.orm.protocols import TRUTH
from codemods.orm.query import Aggregate
from codemods.orm.row_lists import RowList, Test, length_of, none_test, row_lists, test_of
from codemods.orm.sql_names import SqlNames
from codemods.orm.values import ColumnRef, ModelClass
from codemods.patch import Code, Copied, Patch, Remove, Replace

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.project.model import Model

# Steps that decide which rows there are in ways that an EXISTS does not repeat.
_SCALARS = frozenset({"scalar", "scalar_one"})
_COUNTED = frozenset({"count", *_SCALARS})
# Steps of a count that an EXISTS of the same rows has as well.
_KEPT = frozenset({"filter", "where", "filter_by", "select_from", "join"})
_SHAPED = ("distinct", "group_by", "having", "add_columns", "add_column", "add_entity")

# Names of an answer, rather than of rows: `tag_exists`, `has_lines`.
_SAYS_WHETHER = re.compile(r"^(is|are|has|have|any)_|_exists?$")


@dataclass(frozen=True, eq=False)
class Emptiness:
    """A list, a count, or a first row, that is only tested; `tests` are all the places that do."""

    rows: RowList
    tests: tuple[Test, ...]

    @property
    def scope(self) -> Scope:
        return self.rows.scope

    @property
    def counts(self) -> bool:
        """True if the database has counted the rows already."""
        return self.rows.run.terminal in _COUNTED

    @property
    def first(self) -> bool:
        """True if the query fetches one row at most: `select()` has no LIMIT of itself for that."""
        return self.rows.run.terminal == "first" and self.rows.legacy

    @property
    def what(self) -> str:
        model = self._counted
        return model.name if model is not None else what_of(self.rows)

    @property
    def _counted(self) -> Model | None:
        """The class whose rows a SELECT of a number counts."""
        match self.rows.query.entities[0].value, self.rows.query.joins:
            case Aggregate(argument=ColumnRef(model=model)), _:
                return model
            case Aggregate(argument=None), [ModelClass(model=model)]:
                return model
        return None

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        taken = whole_rows.takes_exists(self.rows)
        if self.counts:
            return (
                taken,
                proven(whole_rows.FILTERED, "a count and an EXISTS ask for the same rows"),
                proven(whole_rows.HEARD, "no row is loaded either way"),
            )
        rows = self.rows
        found = (
            taken,
            whole_rows.not_filtered(rows),
            whole_rows.unheard(rows),
            not_needed_later(rows),
        )
        if not self.first:
            return found
        text = (
            "one row is fetched at most; what is saved is its columns, and what is loaded with it"
        )
        return (*found, unknown(self.scope, "worth-asking", text, rows.run))

    @property
    def cost(self) -> Cost | None:
        if self.rows.run.loops:
            return None
        one = self.counts or self.first
        return Cost(Amount("1", "1" if one else things(self.rows)), Amount("1", "1"))

    def asked(self, words: SqlNames) -> Code:
        """The expression that asks whether there is a row."""
        rows, steps = self.rows, chain(self.scope, self.rows.query_node)
        put = None
        if rows.run.terminal in _SCALARS and isinstance(steps.begin, ast.Call):
            # a SELECT of a count has a row where there is none to count
            key = counted_key(self.scope, rows)
            assert key is not None
            function = Copied(self.scope.place(steps.begin.func))
            put = Code.of("{function}({key})", function=function, key=key)
        query = steps.without(needless(rows.query, steps), put)
        found = Code.of("{query}.exists()", query=query)
        if rows.legacy:
            session = words.session(rows)
            assert session is not None
            return Code.of("{session}.query({found}).scalar()", session=session, found=found)
        select = words.select(rows.query)
        return words.sent(rows.run, Code.of("{select}({found})", select=select, found=found))

    def patches(self) -> tuple[Patch, ...]:
        scope, rows = self.scope, self.rows
        words = SqlNames(scope, scope.place(rows.expression))
        asked, assigned = self.asked(words), rows.assigned
        changed: list[Patch]
        if assigned is None or self.told:
            test = self.tests[0]
            text = "not {asked}" if test.negated else "{asked}"
            changed = [Replace(scope.place(test.node), Code.of(text, asked=asked))]
            if assigned is not None:
                changed.append(Remove(scope.place(assigned)))
        else:
            name = self._name()
            made = Code.of(f"{name} = {{asked}}", asked=asked)
            changed = [Replace(scope.place(assigned), made)]
            for test in self.tests:
                text = f"not {name}" if test.negated else name
                if text != ast.unparse(test.node):
                    changed.append(Replace(scope.place(test.node), Code.of(text)))
        if rows.result is not None:
            changed.append(Remove(scope.place(rows.result)))
        steps = chain(scope, rows.query_node)
        dropped = unused_imports(scope, needless(rows.query, steps))
        return (*words.imports.values(), *dropped, *changed)

    def _name(self) -> str:
        some = variable(self.rows)
        if some is not None and _SAYS_WHETHER.search(some):
            return some
        model, one = self._counted, self.rows.run.terminal == "first"
        if model is not None:
            some = plural(snake(model.name))
            return free(f"has_{some}", f"any_{some}", taken=self.scope.taken_names)
        some = called(self.rows) if one else some or plural(called(self.rows))
        return free(f"has_{some}", f"any_{some}", taken=self.scope.taken_names)

    @property
    def told(self) -> bool:
        """True if the next statement only keeps or returns the answer."""
        blocks, assigned = self.scope.flow.blocks, self.rows.assigned
        if len(self.tests) != 1 or assigned not in blocks:
            return False
        block, position = blocks[assigned]
        match block[position + 1 : position + 2]:
            case [ast.Assign(targets=[ast.Name()], value=value) | ast.Return(value=value)]:
                node = self.tests[0].node
                return value is node or (isinstance(value, ast.UnaryOp) and value.operand is node)
        return False


def emptinesses(scope: Scope) -> Iterator[Emptiness]:
    """Every list and count of the function's own that is only tested."""
    for rows in row_lists(scope, "all", "iterate", "first", *_COUNTED):
        tests = []
        counts, first = rows.run.terminal in _COUNTED, rows.run.terminal == "first"
        if rows.run.terminal in _SCALARS and counted_key(scope, rows) is None:
            continue
        if first and (rows.run.loops or not _is_a_row(rows)):
            continue
        if rows.run.terminal == "iterate" and rows.expression is rows.run.expression:
            continue
        for read in rows.reads:
            length = None if counts else length_of(scope, read)
            number = counts or length is not None
            test = _test_of_first(rows, read) if first else test_of(scope, length or read, number)
            if test is None:
                break
            tests.append(test)
        if len(tests) < len(rows.reads):
            continue
        if rows.run.terminal not in _SCALARS and not whole_rows.understood(rows.query):
            continue
        if rows.query.has(*_SHAPED) or asked_before_the_loop(scope, rows.run):
            continue
        if rows.legacy and SqlNames(scope, scope.place(rows.expression)).session(rows) is None:
            continue
        yield Emptiness(rows, tuple(tests))


def counted_key(scope: Scope, rows: RowList) -> Code | None:
    """The key of the rows that a SELECT counts, `func.count()` or `func.count(Order.id)`, where it
    counts all that its conditions find and nothing else."""
    query = rows.query
    if not query.understood or query.conditional or len(query.entities) != 1:
        return None
    if any(call.method not in _KEPT or (call.node.keywords and call.method != "filter_by")
           for call in query.calls):  # fmt: skip
        return None
    steps = chain(scope, rows.query_node)
    if [steps.begin] != list(query.roots) or not isinstance(steps.begin, ast.Call):
        return None
    match query.entities[0].value, query.joins:
        case (
            Aggregate(
                function="count",
                node=ast.Call(func=ast.Attribute(attr="count")),
                distinct=False,
                filtered=False,
                argument=ColumnRef(column=column, alias=None),
                argument_node=ast.expr() as key,
            ),
            _,
        ) if not (column.may_be_null or column.expression):
            return Code.of("{key}", key=Copied(scope.place(key)))
        case Aggregate(
            function="count",
            node=ast.Call(func=ast.Attribute(attr="count"), args=[]),
            filtered=False,
            argument=None,
        ), [ModelClass(model=model, alias=None)] if (
            len(model.primary_key) == 1
        ):
            source = query.has("select_from")
            if source is not None and len(source.node.args) == 1:
                given = Copied(scope.place(source.node.args[0]))
                return Code.of(f"{{given}}.{model.primary_key[0]}", given=given)
    return None


def _is_a_row(rows: RowList) -> bool:
    """True if the first row of a query is an object, and None where there is no row alone."""
    whole = len(whole_rows.models_selected(rows.query)) == len(rows.query.entities) == 1
    return whole and not whole_rows.may_be_none(rows.query)


def _test_of_first(rows: RowList, read: ast.expr) -> Test | None:
    """The test of a first row; for its truth alone where a SELECT without LIMIT finds it."""
    scope, models = rows.scope, whole_rows.models_selected(rows.query)
    plain = all(m.complete and not scope.index.has_method(m.full_name, *TRUTH) for m in models)
    if rows.legacy or not plain or isinstance(scope.parents.get(read), ast.Compare):
        return none_test(scope, read)
    return test_of(scope, read)
