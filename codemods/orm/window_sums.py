"""Sums that a loop asks for of each window, and what Python has to add up for the same."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm.lookup_shapes import fallback
from codemods.orm.query import Aggregate
from codemods.orm.values import ColumnRef

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.scope import Scope
    from codemods.project.model import Column

_SMALL = frozenset({"Integer", "INTEGER", "SmallInteger", "SMALLINT"})
_ROUNDED = {
    "float": "floats are added in another order, and rounded differently",
    "Decimal": "the database may round, and gives another type of zero for no rows",
}


@dataclass(frozen=True)
class WindowSum:
    """`func.sum(Order.total)`: `problem` is why Python adds up something else, `doubt` why it may."""

    column: Column
    problem: str | None = None
    doubt: str | None = None


def window_sum(scope: Scope, run: Run) -> WindowSum | None:
    """The sum of a column that a query asks for and nothing else; None for any other query."""
    value = run.query.entities[0].value
    match value:
        case Aggregate(
            function="sum",
            argument=ColumnRef(column=column, alias=None),
            distinct=False,
            filtered=False,
        ):
            pass
        case _:
            return None
    if column.decorated or column.expression or column.deferred:
        return WindowSum(column, f"{column.name} is no plain column")
    if not _zero_for_none(scope, run, value):
        return WindowSum(column, "sum() is NULL where a window has no rows, and Python has a 0")
    if column.python in _ROUNDED:
        return WindowSum(column, doubt=_ROUNDED[column.python])
    if column.python != "int" or (column.type_name or "Integer") not in _SMALL:
        return WindowSum(column, f"the database adds up {column.name} in its own way")
    return WindowSum(column)


def _zero_for_none(scope: Scope, run: Run, value: Aggregate) -> bool:
    """True where no rows are a 0: `func.coalesce(…, 0)`, `….scalar() or 0`."""
    given = fallback(value)
    if given is not None:
        return isinstance(given, ast.Constant) and type(given.value) is int and given.value == 0
    match scope.parents.get(run.expression):
        case ast.BoolOp(op=ast.Or(), values=[first, *_]):
            return first is run.expression
    return False
