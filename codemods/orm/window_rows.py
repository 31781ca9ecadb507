"""The rows of all windows of a loop, fetched once: what must hold for that, and its code."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Amount, Cost, Precondition, Status
from codemods.orm import preconditions, rounds
from codemods.orm.chains import unused_imports
from codemods.orm.columns_read import columns_read
from codemods.orm.events import Loop, Run
from codemods.orm.in_python import InPython, extracted
from codemods.orm.invariants import steps
from codemods.orm.keys import is_total
from codemods.orm.naming import free, plural, snake
from codemods.orm.nearby_queries import row_variable
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.query import Aggregate, Predicate
from codemods.orm.query_code import Unwritable
from codemods.orm.row_tests import Untranslatable
from codemods.orm.values import ColumnRef, Symbol
from codemods.orm.wider_queries import Wider
from codemods.orm.window_sums import WindowSum, window_sum
from codemods.patch import Code, InsertBefore, Patch, Remove, Replace
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_STEPS = frozenset({"filter", "where", "filter_by", "order_by", "options"})
_COUNTED = _STEPS | {"select_from"}
_DATES = frozenset({"date", "date_trunc", "date_part", "extract", "strftime", "to_char", "year"})
_SPANS = ("minute", "hour", "day", "week", "month", "quarter", "year", "decade")
ORDERS = frozenset({"<", "<=", ">", ">="})
LISTS = frozenset({"all", "iterate"})
SCALARS = frozenset({"scalar", "scalar_one", "scalar_one_or_none"})


@dataclass(eq=False)
class Window:
    """A query of a loop that compares a column with what the loop binds.

    `inner` is that loop, and `loop` the outermost one around it that makes no difference to the
    rest of the query. `own` are the conditions that depend on it, `column` is the first that they
    compare.
    """

    scope: Scope = field(repr=False)
    run: Run
    inner: Loop
    loop: Loop
    model: Model
    column: Column
    own: tuple[Predicate, ...]
    taken: set[str] = field(repr=False)

    @property
    def what(self) -> str:
        """What the windows are called: weeks, if a variable of the loop is called so."""
        bound = sorted(self.inner.names | self.inner.assigned)
        named = {part for name in bound for part in name.lower().split("_")}
        nodes = walk(self.inner.owner)
        given = {node.arg for node in nodes if isinstance(node, ast.keyword)}
        for words in (named, given):
            for span in _SPANS:
                if span in words or f"{span}s" in words:
                    return f"{span}s"
        if isinstance(self.inner.node, ast.While):
            return "windows"
        match self.inner.iterable:
            case ast.Name(id=name):
                return snake(name.lower())
        return rounds.items_of(self.inner)

    @property
    def few(self) -> bool:
        """True if the code itself lists all windows."""
        scope, node = self.scope, self.inner.iterable
        if len(self.run.loops) == 1 and not isinstance(self.inner.node, ast.While):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name() as owner, attr="items")):
                    node = owner
            for found in walk(scope.node) if isinstance(node, ast.Name) else ():
                match found:
                    case ast.Assign(
                        targets=[ast.Name(id=name)],
                        value=ast.Dict() | ast.List() | ast.Tuple() as value,
                    ) if (
                        isinstance(node, ast.Name) and name == node.id
                    ):
                        listed = value.values if isinstance(value, ast.Dict) else value.elts
                        return bool(listed) and name not in self.inner.assigned
        return rounds.always_few(scope, self.run.loops)

    @property
    def cost(self) -> Cost:
        outer = rounds.times(self.loop.parents)
        around = rounds.times(self.inner.parents)
        times = f"{around}·{self.what}" if around else self.what
        things = plural(snake(self.model.name))
        after = Amount(outer or "1", f"{outer}·{things}" if outer else things)
        return Cost(Amount(times, times), after if self.possible else None)

    @property
    def counts(self) -> bool:
        """True if only the number of rows is asked for."""
        return self.run.terminal not in LISTS

    @cached_property
    def summed(self) -> WindowSum | None:
        """The column of which each window has the sum, and Python can have it, too."""
        found = window_sum(self.scope, self.run)
        return found if found is not None and found.problem is None else None

    # What is read of the rows -------------------------------------------------------------

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are enough; none where whole rows are needed."""
        if self.model.parents:
            # a column of the class above means that class's table alone
            return ()
        try:
            used = list(self._test("row")[0].columns)
        except Untranslatable:
            return ()
        if self.summed is not None:
            used.append(self.summed.column)
        elif not self.counts:
            read = columns_read(self.scope, self.model, self.run.expression)
            if read is None:
                return ()
            used += read
        return tuple({column.name: column for column in used}.values())

    # Preconditions ------------------------------------------------------------------------

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        scope = self.scope
        window = scope.events[self.loop.first : self.loop.last + 1]
        found = [self._tests(), self._one_form()]
        if all(condition.status is not Status.REFUTED for condition in found):
            found.append(self._writable())
        return (
            *found,
            self._few(),
            self._always_asked(),
            preconditions.no_unknown_calls(scope, window),
            preconditions.not_suspended(scope, window),
        )

    @property
    def possible(self) -> bool:
        return all(p.status is not Status.REFUTED for p in self.preconditions)

    def _few(self) -> Precondition:
        rows = plural(snake(self.model.name)).replace("_", " ")
        what = f"columns of all {rows}" if self.columns else f"all {rows}"
        reason = f"{what} that the rest of the query finds are fetched, which may be many"
        return unknown(self.scope, "few-rows", reason, self.run)

    def _tests(self) -> Precondition:
        name = "tests-equal"
        for predicate in self.own:
            if of_date(predicate) and not _is_part(predicate.node):
                text = f"`{ast.unparse(predicate.node)}` is told in the database's time zone"
                return refuted(self.scope, name, text, self.run)
        try:
            told, _ = self._test("row")
        except Untranslatable as error:
            place = self.scope.place(error.node)
            return Precondition(name, Status.REFUTED, error.reason, place)
        if told.doubts:
            reason, node = told.doubts[0]
            return Precondition(name, Status.UNKNOWN, reason, self.scope.place(node))
        if self.summed is not None and self.summed.doubt is not None:
            return unknown(self.scope, name, self.summed.doubt, self.run)
        return proven(name, "Python finds the same rows in each window")

    def _one_form(self) -> Precondition:
        name, query = "told-by-rows", self.run.query
        value, total = query.entities[0].value, window_sum(self.scope, self.run)
        if total is not None and total.problem is not None:
            return refuted(self.scope, name, total.problem, self.run)
        if (
            isinstance(value, Aggregate)
            and total is None
            and (value.function != "count" or value.distinct or value.filtered)
        ):
            reason = f"the database computes {value.function}() in its own way"
            return refuted(self.scope, name, reason, self.run)
        match value:
            case Aggregate(function="count", argument=ColumnRef(column=column)) if (
                column.may_be_null and column not in self.present
            ):
                reason = f"count({column.name}) leaves out the rows where that is NULL"
                return refuted(self.scope, name, reason, self.run)
        if self.run.terminal not in (*LISTS, *SCALARS, "count"):
            reason = f"{self.run.terminal}() picks one of the rows of a window"
            return refuted(self.scope, name, reason, self.run)
        if query.model is None and not self.counts:
            reason = "the query selects columns; rows that are fetched once would have others, too"
            return refuted(self.scope, name, reason, self.run)
        if isinstance(value, Aggregate) is not (self.run.terminal in SCALARS):
            reason = f"{self.run.terminal}() gives neither the rows of a window nor their number"
            return refuted(self.scope, name, reason, self.run)
        for call in query.calls:
            if call.method not in (_COUNTED if self.counts else _STEPS) or not call.sure:
                reason = f"`.{call.method}()` is something that only the database does"
                return refuted(self.scope, name, reason, self.run)
        return proven(name, "the rows of a window are told by its ends alone")

    def _writable(self) -> Precondition:
        name, statement = "writable", self.loop.statement
        again = isinstance(statement, ast.While) and self.loop.node is not statement
        elif_ = self.scope.text(statement).startswith("elif")
        if statement not in self.scope.flow.blocks or elif_ or again:
            return refuted(self.scope, name, "nothing can stand before this loop", self.run)
        try:
            self.patches()
        except Unwritable as error:
            return refuted(self.scope, name, error.reason, self.run)
        return proven(name, "the query can be written before the loop")

    def _always_asked(self) -> Precondition:
        name, run, loop = "asked-every-time", self.run, self.loop
        before = [
            leave
            for leave in self.scope.all_exits
            if loop.first <= leave.index < run.index and loop in leave.loops
        ]
        if run.conditional_in(loop) is None and not before:
            return proven(name, "the rows are needed if the loop has an iteration")
        for predicate in run.query.predicates:
            operand, value = predicate.operand, predicate.value
            if predicate in self.own or operand is None or value is None:
                continue
            if not isinstance(value, Symbol) and not is_total(operand, value):
                reason = f"`{ast.unparse(operand)}` may raise where nothing is asked for"
                return refuted(self.scope, name, reason, run)
        reason = "it is asked only under a condition, so that no row may be needed"
        return unknown(self.scope, name, reason, run)

    # The code -----------------------------------------------------------------------------

    @cached_property
    def present(self) -> tuple[Column, ...]:
        """The columns whose NULLs no window has."""
        found = {p.column.name: p.column for p in self.own if p.column and p.operator in ORDERS}
        return tuple(column for column in found.values() if column.may_be_null)

    def _test(self, row: str, variables: Mapping[str, str] | None = None) -> tuple[InPython, Code]:
        """The conditions in Python. `variables` hold the values of columns."""

        def read(column: Column) -> Code:
            return Code.of((variables or {}).get(column.name, f"{row}.{column.name}"))

        told = InPython(self.scope, self.run, self.model, read, present=self.present)
        test = told.all_of(self.own)
        assert test is not None
        return told, test

    def patches(self) -> tuple[Patch, ...]:
        """Raises Unwritable where there is no way to write it."""
        place = self.scope.place
        wider = Wider(
            self.scope, self.run, self.model, self.own, self.columns, self.present,
            steps=steps(self.run, self.inner.owner),
        )  # fmt: skip
        rows = self.rows
        fetch = Code.of(f"{rows} = {{fetch}}", fetch=wider.rows())
        row = row_variable(self.scope, self.model)
        _, test = self._test(row)
        text = self.answer(row, rows)
        return (
            *wider.words.imports.values(),
            *unused_imports(self.scope, self.run.query.roots),
            *(Remove(place(step)) for step in wider.spent),
            InsertBefore(place(self.loop.statement), (fetch,)),
            Replace(place(self.run.expression), Code.of(text, test=test)),
        )

    def answer(self, row: str, rows: str) -> str:
        """The template of what takes the place of the query."""
        if self.summed is not None:
            value = f"{row}.{self.summed.column.name}"
            held = (
                f"{{test}} and {value} is not None" if self.summed.column.may_be_null else "{test}"
            )
            return f"sum({value} for {row} in {rows} if {held})"
        if self.counts:
            return f"sum(1 for {row} in {rows} if {{test}})"
        return f"[{row} for {row} in {rows} if {{test}}]"

    @cached_property
    def rows(self) -> str:
        wanted = plural(snake(self.model.name))
        name = free(wanted, f"all_{wanted}", taken=self.taken)
        self.taken.add(name)
        return name


def _is_part(node: ast.expr) -> bool:
    """True for `extract("month", Order.placed_on) == month`, which a date says in Python, too."""
    return (
        isinstance(node, ast.Compare)
        and extracted(node.left) is not None
        and not any(isinstance(each, ast.Call) for c in node.comparators for each in walk(c))
    )


def of_date(predicate: Predicate) -> bool:
    """True for what asks the database for the date, or a part of it, of a column."""
    return any(
        isinstance(node, ast.Call)
        and (getattr(node.func, "attr", "") or getattr(node.func, "id", "")) in _DATES
        for node in walk(predicate.node)
    )
