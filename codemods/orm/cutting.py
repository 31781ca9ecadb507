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
from codemods.orm.later_loads import not_needed_later
from codemods.orm.per_item import asked_before_the_loop
from codemods.orm.preconditions import proven
from codemods.orm.query import Ordering
from codemods.orm.reductions import is_whole
from codemods.orm.row_lists import RowList, is_builtin, reads_of, row_lists, test_of
from codemods.orm.row_order import is_total, ordered
from codemods.orm.row_sorting import Sorting, sorting, turned, unordered
from codemods.patch import Code, Copied, Patch, Remove, Replace

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

LIMIT = "limit-known"
LAST = "last-row"


@dataclass(frozen=True, eq=False)
class Cut:
    """`query.all()[:5]`, `query.all()[0]`, `sorted(query.all(), key=lambda r: r.day)[:5]`.

    `limit` is how many rows are needed: a number, or the expression of the slice. `whole` is the
    slice, where it stands at the query itself. `sorting` is the order that `sorted()` or a `sort()`
    gives; `dropped` is the statement of the latter. `page` is a slice that begins further on, and
    `last` are the places that take the last row, `best` is the `max()` or `min()` that takes the
    first one in the order.
    """

    rows: RowList
    limit: int | ast.expr
    whole: ast.Subscript | None = None
    sorting: Sorting | None = None
    dropped: ast.stmt | None = None
    page: Page | None = None
    last: tuple[ast.Subscript, ...] = ()
    best: ast.Call | None = None

    @property
    def scope(self) -> Scope:
        return self.rows.scope

    @property
    def title(self) -> str:
        return "Ask with LIMIT"

    @property
    def node(self) -> ast.expr:
        if self.whole is not None or self.best is not None:
            return self.whole or self.best or self.rows.expression
        if self.page is not None:
            return self.page.part
        return self.last[0] if self.last else self.rows.expression

    @property
    def message(self) -> str:
        what = whole_rows.models_selected(self.rows.query)[0].name
        if self.last:
            return f"every {what} that the query finds is loaded, and only the last one is used"
        if self.page is not None:
            part = ast.unparse(self.page.part.slice)
            return (
                f"every {what} that the query finds is loaded, and only the part [{part}] is used"
            )
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
            *((self._first_of_others(),) if self.last else ()),
            *((self.sorting.same_order(self.scope), as_stored(rows)) if self.sorting else ()),
            ordered(rows, self.orderings, what),
            whole_rows.not_repeated(rows),
            whole_rows.not_filtered(rows),
            whole_rows.unheard(rows),
            not_needed_later(rows),
        )

    def _first_of_others(self) -> Precondition:
        """The last row is the first one in the opposite order, where it has no ties."""
        scope, orderings = self.scope, self.rows.query.orderings
        if not is_total(self.rows, orderings):
            reason = "rows may be alike in the order, and the opposite order gives another of them"
            return Precondition(LAST, Status.REFUTED, reason, scope.place(self.node))
        if any(turned(scope, each) is None for each in orderings):
            reason = "the order is written elsewhere"
            return Precondition(LAST, Status.REFUTED, reason, scope.place(self.node))
        reason = "the order is turned around, which has to hold for rows without a value, too"
        return Precondition(LAST, Status.UNKNOWN, reason, scope.place(self.node))

    def _known(self) -> Precondition:
        if self.page is not None and not isinstance(self.page.begin, int):
            begin = ast.unparse(self.page.begin)
            reason = f"a negative {begin} counts from the end, and is no OFFSET"
            return Precondition(LIMIT, Status.UNKNOWN, reason, self.scope.place(self.page.begin))
        if isinstance(self.limit, int):
            return proven(LIMIT, "the number of rows is known")
        reason = f"a negative {ast.unparse(self.limit)} counts from the end, and is no LIMIT"
        return Precondition(LIMIT, Status.UNKNOWN, reason, self.scope.place(self.limit))

    def patches(self) -> tuple[Patch, ...]:
        scope, rows = self.scope, self.rows
        place, query = scope.place(rows.query_node), self._asked()
        dropped = [Remove(scope.place(self.dropped))] if self.dropped is not None else []
        indexed = self.whole is not None and not isinstance(self.whole.slice, ast.Slice)
        in_place = self.sorting is None or self.dropped is not None or self.best is not None
        stays = indexed and in_place and not self.last and rows.expression is not rows.query_node
        if (self.whole is None and in_place) or stays:
            name = Code.of("{rows}", rows=Copied(scope.place(rows.reads[0])))
            first = Code.of("{name}[0]", name=name)
            changed = [
                Replace(scope.place(part), first)
                for part in (*self.last, *([self.best] if self.best else []))
            ]
            if self.page is not None:
                changed.append(Replace(scope.place(self.page.part), name))
            return (Replace(place, query), *changed, *dropped)
        made: Code | Copied = Copied(scope.place(rows.expression), substitute=((place, query),))
        if rows.expression is rows.query_node:
            made = Code.of("{query}.all()", query=query)
        if indexed:
            made = Code.of("{made}[0]", made=made)
        old = self.whole if self.whole is not None or self.sorting is None else self.sorting.node
        assert old is not None
        return (Replace(scope.place(old), Code.of("{made}", made=made)),)

    def _asked(self) -> Code:
        """The query for these rows alone."""
        scope, rows = self.scope, self.rows
        query: Code | Copied = Copied(scope.place(rows.query_node))
        if self.sorting is not None:
            query = self.sorting.query(scope, rows)
        if self.last:
            terms = {f"t{n}": turned(scope, each) for n, each in enumerate(rows.query.orderings)}
            holes = {name: term for name, term in terms.items() if term is not None}
            listed = ", ".join(f"{{{name}}}" for name in holes)
            query = Code.of(f"{{query}}.order_by({listed})", query=unordered(scope, rows), **holes)
        if self.page is not None:
            query = Code.of("{query}.offset({n})", query=query, n=self._number(self.page.begin))
            if self.page.end is not None:
                number = Code.of(
                    "{end} - {begin}",
                    end=self._number(self.page.end), begin=self._number(self.page.begin),
                )  # fmt: skip
                return Code.of("{query}.limit({number})", query=query, number=number)
        return Code.of("{query}.limit({number})", query=query, number=self._number(self.limit))

    def _number(self, value: int | ast.expr) -> Code | Copied:
        return Code.of(str(value)) if isinstance(value, int) else Copied(self.scope.place(value))


@dataclass(frozen=True)
class Page:
    """`rows[20:40]`, `rows[start : start + 20]`; `end` is None where the number of rows is known."""

    part: ast.Subscript
    begin: int | ast.expr
    end: ast.expr | None = None


def cuts(scope: Scope) -> Iterator[Cut]:
    """Every list of the function's own of which only the first rows are used."""
    for rows in row_lists(scope, "all", "iterate"):
        if not is_whole(rows) or asked_before_the_loop(scope, rows.run):
            continue
        if rows.assigned is None:
            found = _at_once(rows) or _of_sorted(rows)
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
    node, by = rows.expression, _sorting(rows)
    if by is not None:
        node = by[0]
    elif rows.run.terminal == "iterate" and rows.expression is rows.run.expression:
        return None
    match scope.parents.get(node):
        case ast.Subscript(value=value, ctx=ast.Load()) as whole if value is node:
            given = by[1] if by else None
            if by is None and _is_last(whole):
                return Cut(rows, 1, whole, last=(whole,))
            if (paged := _page(whole)) is not None:
                return Cut(rows, paged[1], whole, given, page=paged[0])
            limit = _needed(whole)
            if limit is None or (limit != 1 and not isinstance(whole.slice, ast.Slice)):
                return None
            return Cut(rows, limit, whole, given)
    return None


def _of_variable(rows: RowList) -> Cut | None:
    """A variable of which every read takes one of the first rows, or asks if there is one."""
    reads, by, dropped = rows.reads, None, None
    if reads and (sort := _sort(rows, reads[0])) is not None:
        (dropped, by), reads = sort, reads[1:]
    return _of_reads(rows, reads, by, dropped)


def _of_sorted(rows: RowList) -> Cut | None:
    """`ranked = sorted(query.all(), key=…)`, of which only the first rows are used."""
    found = _sorting(rows)
    if found is None or rows.result is not None:
        return None
    match rows.scope.parents.get(found[0]):
        case ast.Assign(targets=[ast.Name(id=name)]) as assigned:
            return _of_reads(rows, reads_of(rows.scope, name, assigned), found[1], None)
    return None


def _of_reads(
    rows: RowList, reads: tuple[ast.expr, ...], by: Sorting | None, dropped: ast.stmt | None
) -> Cut | None:
    scope, needed, taken = rows.scope, 0, False
    last: list[ast.Subscript] = []
    for read in reads:
        if test_of(scope, read) is not None:
            needed = max(needed, 1)
            continue
        match scope.parents.get(read):
            case ast.Subscript(value=value, ctx=ast.Load()) as part if value is read:
                if by is None and _is_last(part):
                    last.append(part)
                    continue
                if len(reads) == 1 and (paged := _page(part)) is not None and by is None:
                    return Cut(rows, paged[1], page=paged[0])
                limit = _needed(part)
                if not isinstance(limit, int):
                    return None
                needed, taken = max(needed, limit), True
            case _:
                return None
    if last:
        return Cut(rows, 1, last=tuple(last)) if not taken else None
    return Cut(rows, needed, None, by, dropped) if taken else None


def _sort(rows: RowList, read: ast.expr) -> tuple[ast.stmt, Sorting] | None:
    """`rows.sort(key=…)` right after the rows were fetched."""
    scope = rows.scope
    method = scope.parents.get(read)
    call = scope.parents.get(method) if isinstance(method, ast.Attribute) else None
    match call, method:
        case ast.Call(args=[]), ast.Attribute(attr="sort"):
            statement = scope.parents.get(call)
        case _:
            return None
    block, position = scope.flow.blocks.get(rows.assigned, ([], 0)) if rows.assigned else ([], 0)
    if block[position + 1 : position + 2] != [statement] or not isinstance(statement, ast.Expr):
        return None
    by = _by(rows, call)
    return (statement, by) if by is not None else None


def _is_last(part: ast.Subscript) -> bool:
    return ast.unparse(part.slice) == "-1"


def _page(part: ast.Subscript) -> tuple[Page, int | ast.expr] | None:
    """`rows[20:40]`, and how many rows that are; None for anything else."""
    match part.slice:
        case ast.Slice(
            lower=ast.Constant(value=int() as begin),
            upper=ast.Constant(value=int() as end),
            step=None,
        ) if (
            0 < begin < end
        ):
            return Page(part, begin), end - begin
        case ast.Slice(lower=ast.Name() | ast.Attribute() as lower, upper=upper, step=None):
            match upper:
                case ast.BinOp(left=left, op=ast.Add(), right=number) if ast.unparse(
                    left
                ) == ast.unparse(lower) and _is_steady(number):
                    return Page(part, lower), number
                case ast.Name() | ast.Attribute():
                    return Page(part, lower, upper), upper
    return None


def _is_steady(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute | ast.Constant)


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


def _sorting(rows: RowList) -> tuple[ast.Call, Sorting] | None:
    """`sorted()` around the rows, by one column."""
    scope = rows.scope
    match scope.parents.get(rows.expression):
        case ast.Call(
            func=ast.Name(id="sorted"), args=[only]
        ) as call if only is rows.expression and is_builtin(scope, "sorted"):
            by = _by(rows, call)
            return (call, by) if by is not None else None
    return None


def _by(rows: RowList, call: ast.Call) -> Sorting | None:
    """The order that `sorted()` or `sort()` is told."""
    given = {word.arg: word.value for word in call.keywords}
    match given.pop("reverse", None):
        case None:
            descending = False
        case ast.Constant(value=bool(descending)):
            pass
        case _:
            return None
    return sorting(rows, call, descending) if set(given) == {"key"} else None
