"""The first row for which a condition holds, taken from a list of all, and the query for that row."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Precondition
from codemods.orm import whole_rows
from codemods.orm.as_stored import as_stored
from codemods.orm.later_loads import not_needed_later
from codemods.orm.narrowing import Narrowing, calls_function, lambda_of
from codemods.orm.per_item import asked_before_the_loop
from codemods.orm.preconditions import proven
from codemods.orm.reductions import is_whole
from codemods.orm.row_lists import RowList, is_builtin, is_used_again, row_lists
from codemods.orm.row_order import NAME as ORDER
from codemods.orm.row_order import ordered
from codemods.patch import Code, Copied, Hole, Patch, Remove, Replace

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_ALL = frozenset({"all", "fetchall"})


@dataclass(frozen=True, eq=False)
class FirstFound(Narrowing):
    """`next((order for order in query if order.total > 5), None)`.

    `made` is the call of `next()`. Of `next(iter(query))` and `next(filter(…, query))` the
    comprehension is what they mean. `default` is what there is where no row is found.
    """

    default: ast.expr | None = None

    @property
    def title(self) -> str:
        return "Ask for the first row only"

    @property
    def values(self) -> None:
        return None

    @property
    def message(self) -> str:
        what = whole_rows.models_selected(self.rows.query)[0].name
        test = " and ".join(ast.unparse(item) for item in self.clause.ifs)
        which = f"the first one with `{test}`" if test else "the first one"
        return f"every {what} that the query finds is loaded, and only {which} is used"

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        rows = self.rows
        return (
            self._same_value(),
            *((as_stored(rows),) if self.clause.ifs else ()),
            self._first_in_order(),
            whole_rows.not_filtered(rows),
            whole_rows.unheard(rows),
            not_needed_later(rows, self.held),
        )

    def _first_in_order(self) -> Precondition:
        """The database takes the same one of several rows."""
        keys = frozenset(self._wanted())
        (model,) = whole_rows.models_selected(self.rows.query)
        if not self.rows.query.joins and model.is_unique(keys):
            return proven(ORDER, "the condition leaves one row at most")
        what = "a LIMIT may take another of the rows that are alike"
        return ordered(self.rows, self.rows.query.orderings, what)

    def _wanted(self) -> Iterator[str]:
        """The columns that have one value in all rows for which the conditions hold."""
        left = list(self.clause.ifs)
        while left:
            match left.pop():
                case ast.BoolOp(op=ast.And(), values=values):
                    left += values
                case ast.Compare(
                    left=ast.Attribute(value=ast.Name(id=self.row), attr=name),
                    ops=[ast.Eq()],
                    comparators=[value],
                ) if not (isinstance(value, ast.Constant) and value.value is None):
                    column = self.test.model.columns.get(name)
                    if column is not None and not column.may_be_null:
                        yield name

    def patches(self) -> tuple[Patch, ...]:
        scope, rows = self.scope, self.rows
        changed: list[Patch] = [Replace(scope.place(self.made), self._first())]
        if rows.assigned is not None:
            changed.append(Remove(scope.place(rows.assigned)))
        return (*self.words.imports.values(), *changed)

    def _first(self) -> Code:
        scope, rows = self.scope, self.rows
        place = scope.place
        query = self._with_conditions(self._asked())
        row = isinstance(self.inner, ast.GeneratorExp) and self._is_row(self.inner.elt)
        one = row and isinstance(self.default, ast.Constant) and self.default.value is None
        if one and rows.legacy:
            return Code.of("{query}.first()", query=query)
        query = Code.of("{query}.limit(1)", query=query)
        if rows.result is not None:
            source: Code | Copied = Copied(place(self._result()))
        elif rows.legacy:
            source = query
        else:
            asked = self._result()
            source = Copied(place(asked), substitute=((place(rows.query_node), query),))
        if one:
            return Code.of("{source}.first()", source=source)
        holes: dict[str, Hole] = {"source": source}
        text = "iter({source})"
        if not row:
            assert isinstance(self.inner, ast.GeneratorExp)
            holes["value"] = Copied(place(self.inner.elt))
            text = f"{{value}} for {self.row} in {{source}}"
        if self.default is not None:
            holes["default"] = Copied(place(self.default))
            text = f"{text if row else f'({text})'}, {{default}}"
        return Code.of(f"next({text})", **holes)

    def _asked(self) -> Code | Copied:
        """The query for the rows, without the conditions."""
        return Copied(self.scope.place(self.rows.query_node))

    def query_in_result(self) -> Code:
        query = self._with_conditions(self._asked())
        return Code.of("{query}.limit(1)", query=query)

    def _is_row(self, value: ast.expr) -> bool:
        return isinstance(value, ast.Name) and value.id == self.row

    def _result(self) -> ast.expr:
        """What is gone over, without the list that is made of it."""
        expression = self.rows.expression
        match expression:
            case ast.Call(func=ast.Name(), args=[inner]):
                # list() or tuple()
                expression = inner
        match expression:
            case ast.Call(func=ast.Attribute(attr=name, value=asked), args=[]) if name in _ALL:
                return asked
        return expression


def first_found(scope: Scope) -> Iterator[FirstFound]:
    """Every place of the function that takes the first of a query's rows by `next()`."""
    for rows in row_lists(scope, "all", "iterate"):
        if len(rows.reads) != 1 or rows.result is not None or not is_whole(rows):
            continue
        if not rows.legacy and "scalars" not in ast.unparse(rows.run.expression):
            continue
        found = _taken(rows, rows.reads[0]) if not is_used_again(rows) else None
        if found is not None and not asked_before_the_loop(scope, rows.run):
            yield found


def _taken(rows: RowList, read: ast.expr) -> FirstFound | None:
    """What a read of the rows is for, where that is the first of them."""
    scope = rows.scope
    above = scope.parents.get(read)
    match above:
        case ast.comprehension(target=ast.Name(id=row), iter=source, is_async=0) if source is read:
            inner = scope.parents.get(above)
            if not isinstance(inner, ast.GeneratorExp) or len(inner.generators) != 1:
                return None
            gone: ast.expr = inner
            clause = above
        case ast.Call(func=ast.Name(id="iter"), args=[source], keywords=[]) if source is read:
            row, gone = "row", above
            clause, inner = _meant(row, read)
        case ast.Call() if (found := lambda_of(scope, read, above)) is not None:
            (row, test), gone = found, above
            clause, inner = _meant(row, read, test)
        case _:
            return None
    match scope.parents.get(gone):
        case ast.Call(
            func=ast.Name(id="next"), args=[first, *default], keywords=[]
        ) as call if first is gone and is_builtin(scope, "next"):
            pass
        case _:
            return None
    if any(calls_function(scope, test, row) for test in clause.ifs):
        return None
    return FirstFound(rows, call, inner, clause, row, default[0] if default else None)


def _meant(
    row: str, source: ast.expr, *tests: ast.expr
) -> tuple[ast.comprehension, ast.GeneratorExp]:
    """The generator expression that gives all rows for which the tests hold."""
    clause = ast.comprehension(ast.Name(row, ast.Store()), source, [*tests], 0)
    return clause, ast.GeneratorExp(ast.Name(row, ast.Load()), [clause])
