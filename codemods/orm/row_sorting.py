"""Orders that Python gives to rows by one column, and the ORDER BY that gives the same."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.finding import Precondition, Status
from codemods.orm import whole_rows
from codemods.orm.chains import chain
from codemods.orm.preconditions import proven
from codemods.orm.query import Ordering
from codemods.orm.reductions import VALUE
from codemods.orm.row_lists import RowList
from codemods.orm.values import Symbol
from codemods.patch import Code, Copied, Hole
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_ORDERED = frozenset({"int", "date", "datetime"})


@dataclass(frozen=True)
class Sorting:
    """`sorted(rows, key=lambda row: row.day, reverse=True)`, `max(rows, key=…)`.

    `node` is where that is written. `present` is True where no row has None in the column.
    """

    node: ast.expr
    model: Model
    column: Column | None
    descending: bool
    present: bool = False

    @property
    def orderings(self) -> tuple[Ordering, ...]:
        return (Ordering(self.node, self.model, self.column, self.descending),)

    def same_order(self, scope: Scope) -> Precondition:
        """SQL orders by this column as Python does (traps c4_07, c4_08)."""
        column, place = self.column, scope.place(self.node)
        if column is None or column.decorated or column.expression:
            return Precondition(VALUE, Status.REFUTED, "the key is no plain column", place)
        if column.python not in _ORDERED or column.timezone:
            reason = f"SQL orders {column.name} in its own way"
            return Precondition(VALUE, Status.REFUTED, reason, place)
        if column.may_be_null and not self.present:
            reason = "a None raises TypeError, and SQL puts it first or last"
            return Precondition(VALUE, Status.REFUTED, reason, place)
        return proven(VALUE, f"SQL orders {column.name} as Python does")

    def query(self, scope: Scope, rows: RowList) -> Code:
        """The query of the rows in this order; rows that are alike stay in their old one."""
        assert self.column is not None
        table = Copied(scope.place(rows.query.entities[0].node))
        text = f"{{table}}.{self.column.name}" + (".desc()" if self.descending else "")
        old = [Copied(scope.place(term.node)) for term in rows.query.orderings]
        terms: list[Code | Copied] = [Code.of(text, table=table), *old]
        holes: dict[str, Hole] = {f"t{number}": term for number, term in enumerate(terms)}
        listed = ", ".join(f"{{{name}}}" for name in holes)
        return Code.of(f"{{query}}.order_by({listed})", query=unordered(scope, rows), **holes)


def unordered(scope: Scope, rows: RowList) -> Code | Copied:
    """The query of the rows without its order."""
    steps = chain(scope, rows.query_node)
    written = steps.named("order_by")
    query: Code | Copied = steps.without(written)
    if len(written) < sum(call.method == "order_by" for call in rows.query.calls):
        query = Code.of("{query}.order_by(None)", query=query)
    return query


def turned(scope: Scope, ordering: Ordering) -> Code | None:
    """A term of an ORDER BY for the opposite order; None where it is no plain column's."""
    if ordering.column is None or not scope.placed(ordering.node):
        return None
    match ordering.node:
        case ast.Call(func=ast.Attribute(value=column, attr="desc" | "asc"), args=[]):
            pass
        case ast.Call(func=function, args=[column]) if ast.unparse(function).endswith("sc"):
            pass
        case ast.Attribute() as column:
            pass
        case _:
            return None
    text = "{column}" if ordering.descending else "{column}.desc()"
    return Code.of(text, column=Copied(scope.place(column)))


def sorting(rows: RowList, call: ast.Call, descending: bool) -> Sorting | None:
    """The order of `key=lambda row: row.day` in a call."""
    key = next((word.value for word in call.keywords if word.arg == "key"), None)
    name = _key_column(rows.scope, key)
    if name is None:
        return None
    (model,) = whole_rows.models_selected(rows.query)
    return Sorting(call, model, model.columns.get(name), descending)


def _key_column(scope: Scope, key: ast.expr | None) -> str | None:
    match key:
        case ast.Lambda(
            args=ast.arguments(args=[ast.arg(arg=row)]),
            body=ast.Attribute(value=ast.Name(id=read), attr=name),
        ) if (
            row == read
        ):
            return name
        case ast.Call(func=function, args=[ast.Constant(value=str(name))], keywords=[]):
            if scope.flow.ev(function) == Symbol("operator.attrgetter") and name.isidentifier():
                return name
    return None
