"""Sums, extremes and tests over the rows of a query, and the SQL that gives the same value."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Amount, Cost, Precondition, Status
from codemods.orm import whole_rows
from codemods.orm.as_stored import as_stored
from codemods.orm.counting import things, what_of
from codemods.orm.databases import EXACT
from codemods.orm.events import Effect, Run
from codemods.orm.later_loads import not_needed_later
from codemods.orm.moments import position as position_of
from codemods.orm.per_item import asked_before_the_loop
from codemods.orm.preconditions import proven
from codemods.orm.row_lists import RowList, is_builtin, is_used_again, length_of, row_lists
from codemods.orm.row_tests import RowTest, Untranslatable
from codemods.orm.sql_names import SqlNames
from codemods.patch import Code, Copied
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

VALUE = "same-value"
ROWS = "same-rows-in-sql"
FUNCTIONS = frozenset({"sum", "min", "max", "any", "all"})
# Steps after which one number of all rows is still one of these rows.
_STEPS = frozenset({"filter", "where", "filter_by", "order_by", "options", "join", "outerjoin"})
_SMALL = frozenset({"Integer", "INTEGER", "SmallInteger", "SMALLINT"})
_TYPES = {
    "float": "floats are added in another order, and rounded differently",
    "Decimal": "the database may round, and gives another type of zero for no rows",
}


@dataclass(frozen=True, eq=False)
class Reduction:
    """`sum(line.quantity for line in query)` and its like.

    `call` is all of it, `function` the builtin, `value` what is taken of each row, `tests` are the
    conditions of the comprehension, `row` its variable. `others` are further reads of the list.
    """

    rows: RowList
    call: ast.expr
    function: str
    value: ast.expr
    tests: tuple[ast.expr, ...]
    row: str
    others: int = 0

    # True if a variable holds one of the rows longer than the statement that goes over them
    held = False

    @property
    def scope(self) -> Scope:
        return self.rows.scope

    @property
    def model(self) -> Model:
        (model,) = whole_rows.models_selected(self.rows.query)
        return model

    @property
    def tested(self) -> bool:
        return self.function in ("any", "all")

    @property
    def what(self) -> str:
        return what_of(self.rows)

    @property
    def aim(self) -> str:
        """What the rows are loaded for."""
        match self.function:
            case "count":
                return "to count them"
            case "sum":
                return f"to add up `{ast.unparse(self.value)}`"
            case "min" | "max":
                extreme = "smallest" if self.function == "min" else "largest"
                return f"to find the {extreme} `{ast.unparse(self.value)}`"
        return f"to test `{ast.unparse(self.value)}`"

    @property
    def default(self) -> ast.expr | None:
        words = self.call.keywords if isinstance(self.call, ast.Call) else []
        return next((word.value for word in words if word.arg == "default"), None)

    @property
    def cost(self) -> Cost | None:
        if self.rows.run.loops:
            return None
        return Cost(Amount("1", things(self.rows)), Amount("1", "1"))

    # Preconditions ------------------------------------------------------------------------

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        rows = self.rows
        repeated = whole_rows.not_repeated(rows)
        if self.tested or self.function in ("min", "max"):
            repeated = proven(repeated.name, "a row that comes twice makes no difference")
        return (
            *([whole_rows.takes_exists(rows)] if self.tested else ()),
            self.same_value(),
            as_stored(rows),
            repeated,
            whole_rows.not_filtered(rows),
            whole_rows.unheard(rows),
            not_needed_later(rows, self.held),
        )

    def _found(self, status: Status, reason: str, node: ast.expr | None = None) -> Precondition:
        return Precondition(VALUE, status, reason, self.scope.place(node or self.value))

    @property
    def is_at_once(self) -> bool:
        """True if nothing comes between the query and this."""
        return at_once(self.rows, self.call)

    def same_value(self) -> Precondition:
        """The database's value is Python's, for no rows and None too (traps c4_03 to c4_05)."""
        if self.others:
            return self._found(
                Status.REFUTED, "the list gives several numbers, and is fetched once"
            )
        if not self.is_at_once:
            what = "something else happens between the query and this"
            return self._found(Status.REFUTED, what, self.call)
        words = SqlNames(self.scope, self.scope.place(self.call))
        try:
            test = self.row_test(words)
            self.translated(test)
        except Untranslatable as error:
            return self._found(Status.REFUTED, error.reason, error.node)
        if not self.tested:
            of_value = self._of_value()
            if of_value.status is not Status.PROVEN:
                return of_value
        if test.doubts:
            reason, node = test.doubts[0]
            return self._found(Status.UNKNOWN, reason, node)
        return proven(VALUE, "the database computes the same value")

    @property
    def conditions(self) -> tuple[ast.expr, ...]:
        """The conditions on a row that SQL has to know."""
        return (*self.tests, self.value) if self.tested else self.tests

    def translated(self, test: RowTest) -> tuple[Code, ...]:
        """The conditions in SQL; those of a row that fails, where all rows have to pass.

        Raises:
            Untranslatable: where SQL has none.
        """
        if self.function != "all":
            return test.conditions(self.conditions)
        return (*test.conditions(self.tests), *test.conditions([self.value], negated=True))

    def row_test(self, words: SqlNames) -> RowTest:
        node = self.rows.query.entities[0].node
        return RowTest(self.scope, self.model, Copied(self.scope.place(node)), self.row, words)

    @cached_property
    def columns(self) -> tuple[Column, ...] | None:
        """The columns that are calculated with, None where something else is."""
        found: list[Column] = []
        for node in walk(self.summed):
            match node:
                case ast.Attribute(value=ast.Name(id=self.row), attr=name):
                    column = self.model.columns.get(name)
                    if column is None:
                        return None
                    found.append(column)
                case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult()):
                    continue
                case ast.Constant(value=int()) | ast.Name() | ast.operator() | ast.expr_context():
                    continue
                case _:
                    return None
        return tuple(found)

    @property
    def summed(self) -> ast.expr:
        """What is added up, without the `or 0` of `row.amount or 0`."""
        match self.value:
            case ast.BoolOp(op=ast.Or(), values=[first, ast.Constant(value=0)]):
                return first
        return self.value

    @property
    def never_none(self) -> bool:
        """True if no None can be among what is added or compared."""
        if self.function == "sum" and self.summed is not self.value:
            return isinstance(self.summed, ast.Attribute)
        guarded = {
            ast.unparse(test.left) if isinstance(test, ast.Compare) else ast.unparse(test)
            for test in self.tests
            if isinstance(test, ast.Attribute)
            or (
                isinstance(test, ast.Compare)
                and isinstance(test.ops[0], ast.IsNot)
                and isinstance(test.comparators[0], ast.Constant)
            )
        }
        return all(
            not column.may_be_null or f"{self.row}.{column.name}" in guarded
            for column in self.columns or ()
        )

    def _of_value(self) -> Precondition:
        if self.function == "count":
            if len(self.model.primary_key) != 1:
                return self._found(Status.REFUTED, f"{self.model.name} has no single key to count")
            return proven(VALUE, "a number of rows")
        return self._of_sum() if self.function == "sum" else self._of_extreme()

    def _of_sum(self) -> Precondition:
        if not self.columns:
            return self._found(Status.REFUTED, f"`{ast.unparse(self.value)}` is no column")
        if not self.never_none:
            return self._found(Status.REFUTED, "a None raises TypeError, and SQL leaves it out")
        databases = set(self.scope.settings.database)
        for column in self.columns:
            kind = column.type_name
            if column.decorated or column.expression or column.python in (None, "bool", "enum"):
                return self._found(Status.REFUTED, f"SQL adds {column.name} up in its own way")
            if column.python in _TYPES:
                return self._found(Status.UNKNOWN, _TYPES[column.python])
            if column.python != "int":
                return self._found(Status.REFUTED, f"{column.name} is no number")
            if kind not in _SMALL and databases != {"sqlite"}:
                what = "the sum of a BIGINT is a Decimal on PostgreSQL"
                sure = kind.upper() in ("BIGINTEGER", "BIGINT")
                return self._found(
                    Status.REFUTED if sure else Status.UNKNOWN,
                    what if sure else f"the SQL type of {column.name} is not known",
                )
        if not databases <= EXACT:
            return self._found(Status.REFUTED, "a sum of integers is a Decimal on this database")
        if not databases:
            return self._found(Status.UNKNOWN, "on some databases a sum of integers is a Decimal")
        if isinstance(self.summed, ast.BinOp):
            return self._found(Status.UNKNOWN, "the database calculates with integers of 32 bits")
        return proven(VALUE, "a sum of integers")

    def _of_extreme(self) -> Precondition:
        if not isinstance(self.value, ast.Attribute) or not self.columns:
            return self._found(Status.REFUTED, f"`{ast.unparse(self.value)}` is no column")
        (column,) = self.columns
        if not self.never_none:
            return self._found(Status.REFUTED, "a None raises TypeError, and SQL leaves it out")
        if column.decorated or column.expression or column.timezone:
            return self._found(Status.REFUTED, f"SQL orders {column.name} in its own way")
        if column.python in _TYPES:
            return self._found(Status.UNKNOWN, f"the database may round {column.name}")
        if column.python not in ("int", "date", "datetime"):
            return self._found(Status.REFUTED, f"SQL orders {column.name} in its own way")
        match self.default:
            case None if self.raised_at is None:
                return self._found(
                    Status.REFUTED, f"{self.function}() of nothing raises ValueError", self.call
                )
            case None | ast.Constant(value=None):
                pass
            case ast.Constant(value=int() as value) if column.python == "int" and not isinstance(
                value, bool
            ):
                pass
            case other:
                return self._found(Status.REFUTED, "the default is no number", other)
        return proven(VALUE, f"SQL orders {column.name} as Python does")

    @property
    def raised_at(self) -> ast.Assign | ast.Return | None:
        """The statement after or before which an error for no rows can be raised."""
        match self.scope.parents.get(self.call):
            case ast.Assign(targets=[ast.Name()]) | ast.Return() as statement:
                return statement
        return None

    # SQL ----------------------------------------------------------------------------------

    def aggregate(self, words: SqlNames) -> Code:
        """`func.coalesce(func.sum(OrderLine.quantity), 0)`."""
        entity = Copied(self.scope.place(self.rows.query.entities[0].node))
        if self.function == "count":
            func, (key,) = words.sql("func"), self.model.primary_key
            return Code.of(f"{{func}}.count({{entity}}.{key})", func=func, entity=entity)
        places = tuple(
            (self.scope.place(node), Code.of("{entity}", entity=entity))
            for node in walk(self.summed)
            if isinstance(node, ast.Name) and node.id == self.row
        )
        value = Copied(self.scope.place(self.summed), substitute=places)
        func = words.sql("func")
        made = Code.of(f"{{func}}.{self.function}({{value}})", func=func, value=value)
        if self.function == "sum":
            return Code.of("{func}.coalesce({made}, 0)", func=func, made=made)
        match self.default:
            case ast.Constant(value=int()) as default:
                return Code.of(
                    "{func}.coalesce({made}, {default})",
                    func=func, made=made, default=Copied(self.scope.place(default)),
                )  # fmt: skip
        return made


def reductions(scope: Scope) -> Iterator[Reduction]:
    """Every sum, extreme and test over the rows of one query of the function's own."""
    for rows in row_lists(scope, "all", "iterate"):
        found = []
        for read in rows.reads:
            made = reduced(rows, read)
            if made is None and length_of(scope, read) is None:
                break
            found.append(made)
        made = next(filter(None, found), None)
        if len(found) < len(rows.reads) or made is None or is_used_again(rows):
            continue
        if not is_whole(rows) or asked_before_the_loop(scope, rows.run):
            continue
        call, function, value, tests, row = made
        yield Reduction(rows, call, function, value, tests, row, len(found) - 1)


def at_once(rows: RowList, use: ast.expr) -> bool:
    """True if nothing happens between the query and the only use of its rows."""
    if rows.assigned is None:
        return True
    scope = rows.scope
    statement: ast.AST | None = use
    while statement is not None and not isinstance(statement, ast.stmt):
        statement = scope.parents.get(statement)
    block, position = scope.flow.blocks.get(rows.assigned, ([], 0))
    if block[position + 1 : position + 2] != [statement] or hasattr(statement, "body"):
        return False
    end = position_of(use)
    # what the statement itself does, such as to answer a request, comes after its values
    return not any(
        event.index > rows.run.index and event.statement is statement and event.own
        and isinstance(event, Run | Effect)
        and event.node is not statement and position_of(event.node) < end
        for event in scope.events
    )  # fmt: skip


def reduced(
    rows: RowList, read: ast.expr
) -> tuple[ast.Call, str, ast.expr, tuple[ast.expr, ...], str] | None:
    """The parts of `sum(x.n for x in rows if x.flag)` around a read of the rows."""
    scope = rows.scope
    clause = scope.parents.get(read)
    made = scope.parents.get(clause) if clause is not None else None
    match made, clause:
        case (
            ast.GeneratorExp(elt=value, generators=[_]) | ast.ListComp(elt=value, generators=[_]),
            ast.comprehension(target=ast.Name(id=row), iter=source, ifs=tests, is_async=0),
        ) if (
            source is read
        ):
            pass
        case _:
            return None
    match scope.parents.get(made) if made is not None else None:
        case ast.Call(func=ast.Name(id=name), args=[only], keywords=keywords) as call if (
            only is made and name in FUNCTIONS and is_builtin(scope, name)
        ):
            allowed = {"default"} if name in ("min", "max") else set()
            if name == "sum" and isinstance(value, ast.Constant) and value.value in (1, True):
                name = "count"
            if {keyword.arg for keyword in keywords} <= allowed:
                return call, name, value, tuple(tests), row
    return None


def is_whole(rows: RowList) -> bool:
    """True if the query gives all rows of one class that meet its conditions."""
    query = rows.query
    models = whole_rows.models_selected(query)
    return (
        query.understood
        and not whole_rows.may_be_none(query)
        and len(query.entities) == 1
        and len(models) == 1
        and not (models[0].parents or whole_rows.masked(rows.scope.index, models[0]))
        and all(call.method in _STEPS for call in query.calls)
        and isinstance(query.entities[0].node, ast.Name | ast.Attribute)
        and query.entities[0].node in rows.scope.parents
        and (rows.legacy or rows.query_node in rows.scope.parents)
    )
