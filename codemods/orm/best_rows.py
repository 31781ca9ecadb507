"""The row with the largest or the smallest value of a column, and the query for that row."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition, Status
from codemods.orm import whole_rows
from codemods.orm.as_stored import as_stored
from codemods.orm.cutting import Cut
from codemods.orm.first_found import FirstFound
from codemods.orm.later_loads import not_needed_later
from codemods.orm.naming import free
from codemods.orm.per_item import asked_before_the_loop
from codemods.orm.preconditions import proven
from codemods.orm.reductions import is_whole
from codemods.orm.row_lists import is_builtin, is_used_again, row_lists, test_of
from codemods.orm.row_order import NAME as ORDER
from codemods.orm.row_order import ordered
from codemods.orm.row_sorting import Sorting, sorting
from codemods.patch import Code, Copied, DropImport, InsertBefore, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.row_lists import RowList
    from codemods.orm.scope import Scope


@dataclass(frozen=True, eq=False)
class BestRow(FirstFound):
    """`max(orders, key=lambda order: order.total, default=None)`.

    `by` is the order in which the row comes first. `takes_last` is True where it is the last of
    rows that are alike in it.
    """

    by: Sorting | None = None
    takes_last: bool = False

    @property
    def title(self) -> str:
        return "Ask for the row that comes first"

    @property
    def message(self) -> str:
        assert self.by is not None
        what = whole_rows.models_selected(self.rows.query)[0].name
        extreme = "largest" if self.by.descending else "smallest"
        name = self.by.column.name if self.by.column is not None else "value"
        return f"every {what} that the query finds is loaded for the one with the {extreme} {name}"

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        rows = self.rows
        return (
            self._same_value(),
            as_stored(rows),
            self._first_in_order(),
            whole_rows.not_filtered(rows),
            whole_rows.unheard(rows),
            not_needed_later(rows, self.held),
        )

    def _same_value(self) -> Precondition:
        assert self.by is not None
        found = super()._same_value()
        return self.by.same_order(self.scope) if found.status is Status.PROVEN else found

    def _first_in_order(self) -> Precondition:
        assert self.by is not None
        alone = ordered(self.rows, self.by.orderings, "")
        if alone.status is Status.PROVEN:
            return proven(ORDER, "no two rows are alike in the column")
        if self.takes_last:
            reason = "of rows that are alike this takes the last, and the query gives the first"
            return Precondition(ORDER, Status.REFUTED, reason, self.scope.place(self.made))
        what = "the database may give another of the rows that are alike"
        return ordered(self.rows, (*self.by.orderings, *self.rows.query.orderings), what)

    def _asked(self) -> Code | Copied:
        assert self.by is not None
        return self.by.query(self.scope, self.rows)

    def patches(self) -> tuple[Patch, ...]:
        scope, statement = self.scope, _statement(self)
        changed: list[Patch] = list(super().patches())
        assert self.by is not None
        if statement is not None:
            name = self._name()
            message = f'"{"max" if self.by.descending else "min"}() arg is an empty sequence"'
            made = Code.of(f"{name} = {{first}}", first=self._first())
            error = Code.of(f"if {name} is None:\n    raise ValueError({message})")
            place = scope.place(self.made)
            changed = [
                InsertBefore(scope.place(statement), (made, error)),
                *(each for each in changed if not _is_at(each, place)),
                Replace(place, Code.of(name)),
            ]
        if any(
            word.arg == "key" and isinstance(word.value, ast.Call) for word in _words(self.made)
        ):
            changed.append(DropImport(scope.place(self.made), "attrgetter"))
        return tuple(changed)

    def _name(self) -> str:
        """A variable for the row: that of the lambda, unless it has another use."""
        match next((word.value for word in _words(self.made) if word.arg == "key"), None):
            case ast.Lambda(args=ast.arguments(args=[ast.arg(arg=name)])) if len(name) > 2:
                inside = set(walk(self.made))
                used = (node for node in walk(self.scope.node) if node not in inside)
                if not any(getattr(n, "id", getattr(n, "arg", None)) == name for n in used):
                    return name
        (model,) = whole_rows.models_selected(self.rows.query)
        return free(model.name.lower(), "found", taken=self.scope.taken_names)


def _is_at(patch: Patch, place: object) -> bool:
    return isinstance(patch, Replace) and patch.place == place


def _words(call: ast.expr) -> list[ast.keyword]:
    return call.keywords if isinstance(call, ast.Call) else []


def _statement(best: BestRow) -> ast.Assign | ast.Return | None:
    """The statement before which an error for no rows is raised; None if there is a default."""
    if any(word.arg == "default" for word in _words(best.made)):
        return None
    match best.scope.parents.get(best.made):
        case ast.Assign(targets=[ast.Name()]) | ast.Return() as statement:
            return statement
    return None


def best_rows(scope: Scope) -> Iterator[BestRow | Cut]:
    """Every `max()` and `min()` of a query's rows by a column, of the function's own."""
    for rows in row_lists(scope, "all", "iterate"):
        if rows.result is not None or not is_whole(rows) or is_used_again(rows):
            continue
        if not rows.legacy and "scalars" not in ast.unparse(rows.run.expression):
            continue
        taken = [read for read in rows.reads if test_of(scope, read) is None]
        found = _best(rows, taken[0], len(rows.reads) > 1) if len(taken) == 1 else None
        if found is not None and not asked_before_the_loop(scope, rows.run):
            yield found


def _best(rows: RowList, read: ast.expr, tested: bool) -> BestRow | Cut | None:
    scope = rows.scope
    match scope.parents.get(read):
        case ast.Call(
            func=ast.Name(id="max" | "min" as name), args=[only], keywords=words
        ) as call if only is read and is_builtin(scope, name):
            given = {word.arg: word.value for word in words}
        case _:
            return None
    default = given.pop("default", None)
    none = isinstance(default, ast.Constant) and default.value is None
    by = sorting(rows, call, name == "max") if set(given) == {"key"} else None
    if by is None or (default is not None and not none):
        return None
    if tested:
        whole = default is None and rows.run.terminal == "all" and _has_row(rows, call)
        return Cut(rows, 1, sorting=by, best=call) if whole else None
    clause = ast.comprehension(ast.Name("row", ast.Store()), read, [], 0)
    inner = ast.GeneratorExp(ast.Name("row", ast.Load()), [clause])
    best = BestRow(rows, call, inner, clause, "row", ast.Constant(None), by)
    return best if default is not None or _statement(best) is not None else None


def _has_row(rows: RowList, call: ast.Call) -> bool:
    """True if a test says that there is a row where the call is: the list is not empty."""
    scope = rows.scope
    below: ast.AST = call
    while (above := scope.parents.get(below)) is not None and below is not scope.node:
        match above:
            case ast.If(test=test, body=body) if below in body:
                found = any(test is read for read in rows.reads)
            case ast.IfExp(test=test, body=body):
                found = below is body and any(test is read for read in rows.reads)
            case _:
                found = False
        if found:
            return True
        if isinstance(below, ast.stmt):
            block, position = scope.flow.blocks.get(below, ([], 0))
            if any(_leaves_without(rows, each) for each in block[:position]):
                return True
        below = above
    return False


def _leaves_without(rows: RowList, statement: ast.stmt) -> bool:
    """True for `if not rows: return None`."""
    match statement:
        case ast.If(
            test=ast.UnaryOp(op=ast.Not(), operand=read),
            body=[*_, ast.Return() | ast.Raise() | ast.Continue() | ast.Break()],
        ):
            return any(read is each for each in rows.reads)
    return False
