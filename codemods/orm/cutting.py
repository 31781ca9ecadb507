"""Lists of which only the first rows are used, and the LIMIT that leaves the others out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Precondition, Status
from codemods.orm import whole_rows
from codemods.orm.as_stored import as_stored
from codemods.orm.chains import chain
from codemods.orm.later_loads import not_needed_later
from codemods.orm.per_item import asked_before_the_loop
from codemods.orm.preconditions import proven
from codemods.orm.query import Ordering
from codemods.orm.reductions import is_whole
from codemods.orm.row_lists import RowList, is_builtin, row_lists, test_of
from codemods.orm.row_order import ordered
from codemods.patch import Code, Copied, Hole, Patch, Replace
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

LIMIT = "limit-known"
VALUE = "same-value"
_ORDERED = frozenset({"int", "date", "datetime"})


@dataclass(frozen=True, eq=False)
class Cut:
    """`query.all()[:5]`, `query.all()[0]`, `sorted(query.all(), key=lambda r: r.day)[:5]`.

    `limit` is how many rows are needed: a number, or the expression of the slice. `whole` is the
    slice, where it stands at the query itself. `sorting` is the call of `sorted()`.
    """

    rows: RowList
    limit: int | ast.expr
    whole: ast.Subscript | None = None
    sorting: Sorting | None = None

    @property
    def scope(self) -> Scope:
        return self.rows.scope

    @property
    def title(self) -> str:
        return "Ask with LIMIT"

    @property
    def node(self) -> ast.expr:
        return self.whole or self.rows.expression

    @property
    def message(self) -> str:
        what = whole_rows.models_selected(self.rows.query)[0].name
        kept = self.limit if isinstance(self.limit, int) else ast.unparse(self.limit)
        some = "the first one is" if kept == 1 else f"the first {kept} are"
        return f"every {what} that the query finds is loaded, and only {some} used"

    @property
    def orderings(self) -> tuple[Ordering, ...]:
        own = self.sorting.orderings if self.sorting else ()
        return (*own, *self.rows.query.orderings)

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        rows = self.rows
        what = "a LIMIT may take others of the rows that are alike"
        return (
            self._known(),
            *((self.sorting.same_order(self.scope), as_stored(rows)) if self.sorting else ()),
            ordered(rows, self.orderings, what),
            whole_rows.not_repeated(rows),
            whole_rows.not_filtered(rows),
            whole_rows.unheard(rows),
            not_needed_later(rows),
        )

    def _known(self) -> Precondition:
        if isinstance(self.limit, int):
            return proven(LIMIT, "the number of rows is known")
        reason = f"a negative {ast.unparse(self.limit)} counts from the end, and is no LIMIT"
        return Precondition(LIMIT, Status.UNKNOWN, reason, self.scope.place(self.limit))

    def patches(self) -> tuple[Patch, ...]:
        scope, rows = self.scope, self.rows
        steps = chain(scope, rows.query_node)
        query: Code | Copied = Copied(scope.place(rows.query_node))
        if self.sorting is not None:
            written = steps.named("order_by")
            query = steps.without(written)
            if len(written) < sum(call.method == "order_by" for call in rows.query.calls):
                query = Code.of("{query}.order_by(None)", query=query)
            terms: list[Code | Copied] = [*self.sorting.terms(scope, rows), *self._old_terms()]
            holes: dict[str, Hole] = {f"t{number}": term for number, term in enumerate(terms)}
            listed = ", ".join(f"{{{name}}}" for name in holes)
            query = Code.of(f"{{query}}.order_by({listed})", query=query, **holes)
        kept = self.limit
        number = Code.of(str(kept)) if isinstance(kept, int) else Copied(scope.place(kept))
        query = Code.of("{query}.limit({number})", query=query, number=number)
        place = scope.place(rows.query_node)
        indexed = self.whole is not None and not isinstance(self.whole.slice, ast.Slice)
        stays = indexed and self.sorting is None and rows.expression is not rows.query_node
        if self.whole is None or stays:
            return (Replace(place, query),)
        made: Code | Copied = Copied(scope.place(rows.expression), substitute=((place, query),))
        if rows.expression is rows.query_node:
            made = Code.of("{query}.all()", query=query)
        if not isinstance(self.whole.slice, ast.Slice):
            made = Code.of("{made}[0]", made=made)
        return (Replace(scope.place(self.whole), Code.of("{made}", made=made)),)

    def _old_terms(self) -> list[Copied]:
        return [Copied(self.scope.place(term.node)) for term in self.rows.query.orderings]


@dataclass(frozen=True)
class Sorting:
    """`sorted(rows, key=lambda row: row.day, reverse=True)`."""

    call: ast.Call
    model: Model
    column: Column | None
    descending: bool

    @property
    def orderings(self) -> tuple[Ordering, ...]:
        return (Ordering(self.call, self.model, self.column, self.descending),)

    def same_order(self, scope: Scope) -> Precondition:
        """SQL orders by this column as Python does (traps c4_07, c4_08)."""
        column, place = self.column, scope.place(self.call)
        if column is None or column.decorated or column.expression:
            return Precondition(VALUE, Status.REFUTED, "the key is no plain column", place)
        if column.python not in _ORDERED or column.timezone:
            reason = f"SQL orders {column.name} in its own way"
            return Precondition(VALUE, Status.REFUTED, reason, place)
        if column.may_be_null:
            reason = "a None raises TypeError, and SQL puts it first or last"
            return Precondition(VALUE, Status.REFUTED, reason, place)
        return proven(VALUE, f"SQL orders {column.name} as Python does")

    def terms(self, scope: Scope, rows: RowList) -> list[Code]:
        assert self.column is not None
        table = Copied(scope.place(rows.query.entities[0].node))
        text = f"{{table}}.{self.column.name}" + (".desc()" if self.descending else "")
        return [Code.of(text, table=table)]


def cuts(scope: Scope) -> Iterator[Cut]:
    """Every list of the function's own of which only the first rows are used."""
    for rows in row_lists(scope, "all", "iterate"):
        if not is_whole(rows) or asked_before_the_loop(scope, rows.run):
            continue
        if rows.assigned is None:
            found = _at_once(rows)
        elif rows.run.terminal == "all" and rows.result is None:
            found = _of_variable(rows)
        else:
            found = None
        if found is not None:
            yield found


def _at_once(rows: RowList) -> Cut | None:
    scope = rows.scope
    if rows.result is not None:
        return None
    node, sorting = rows.expression, _sorting(rows)
    if sorting is not None:
        node = sorting.call
    elif rows.run.terminal == "iterate" and rows.expression is rows.run.expression:
        return None
    match scope.parents.get(node):
        case ast.Subscript(value=value, ctx=ast.Load()) as whole if value is node:
            limit = _needed(whole)
            if limit is None or (limit != 1 and not isinstance(whole.slice, ast.Slice)):
                return None
            return Cut(rows, limit, whole, sorting)
    return None


def _of_variable(rows: RowList) -> Cut | None:
    """A variable of which every read takes one of the first rows, or asks if there is one."""
    needed, taken = 0, False
    for read in rows.reads:
        if test_of(rows.scope, read) is not None:
            needed = max(needed, 1)
            continue
        match rows.scope.parents.get(read):
            case ast.Subscript(value=value, ctx=ast.Load()) as part if value is read:
                limit = _needed(part)
                if not isinstance(limit, int):
                    return None
                needed, taken = max(needed, limit), True
            case _:
                return None
    return Cut(rows, needed) if taken else None


def _needed(part: ast.Subscript) -> int | ast.expr | None:
    """How many rows `rows[0]` and `rows[:n]` need; None for anything else."""
    match part.slice:
        case ast.Constant(value=int() as index) if index >= 0 and not isinstance(index, bool):
            return index + 1
        case ast.Slice(lower=None | ast.Constant(value=0), upper=upper, step=None):
            match upper:
                case ast.Constant(value=int() as number) if not isinstance(number, bool):
                    return number if number > 0 else None
                case ast.Name():
                    return upper
    return None


def _sorting(rows: RowList) -> Sorting | None:
    """`sorted()` around the rows, by one column."""
    scope = rows.scope
    match scope.parents.get(rows.expression):
        case ast.Call(
            func=ast.Name(id="sorted"), args=[only], keywords=keywords
        ) as call if only is rows.expression and is_builtin(scope, "sorted"):
            given = {keyword.arg: keyword.value for keyword in keywords}
        case _:
            return None
    (model,) = whole_rows.models_selected(rows.query)
    reverse = given.pop("reverse", None)
    match reverse:
        case None | ast.Constant(value=bool()):
            descending = reverse is not None and bool(reverse.value)
        case _:
            return None
    match given:
        case {
            "key": ast.Lambda(
                args=ast.arguments(args=[ast.arg(arg=row)]),
                body=ast.Attribute(value=ast.Name(id=read), attr=name),
            )
        } if (
            row == read and len(given) == 1
        ):
            return Sorting(call, model, model.columns.get(name), descending)
    return None
