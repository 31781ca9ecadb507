"""Loops that fetch one page after the other by OFFSET, and the one query that streams the rows."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Amount, Cost, Fix, Precondition
from codemods.orm import preconditions, rounds
from codemods.orm.batch_sites import sites
from codemods.orm.columns_read import names_in
from codemods.orm.events import Act, Loop, Run
from codemods.orm.mentions import has_tests
from codemods.orm.naming import plural, snake, words
from codemods.orm.opaque_queries import asks
from codemods.orm.preconditions import effects, proven, refuted, unknown
from codemods.orm.query_code import sent_query
from codemods.patch import Code, Copied, Patch, Remove, Replace
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_ENDING = (Act.COMMIT, Act.ROLLBACK, Act.CLOSE, Act.SAVEPOINT)
_WRITING = (Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.DML, Act.SQL, Act.FLUSH)
_COUNTING = frozenset({"range", "count"})
_LATER = frozenset({"select", "noload", "raise", "dynamic", "write_only"})


@dataclass(frozen=True)
class _Shape:
    """`start = 0`, `while True:`, `rows = …`, `if not rows: break`, a loop over these,
    `start += size`."""

    begin: ast.Assign
    loop: ast.While
    inner: ast.For
    base: ast.expr
    size: ast.expr


@dataclass(frozen=True, eq=False)
class Pages:
    """A query that a loop sends for one page of `model` after the other; `call` is what leads to it
    in a function that the loop calls."""

    scope: Scope = field(repr=False)
    run: Run
    loop: Loop
    model: Model
    call: ast.expr | ast.stmt | None = None

    @property
    def node(self) -> ast.expr | ast.stmt:
        return self.call or self.run.expression

    @property
    def message(self) -> str:
        rows = words(plural(snake(self.model.name)))
        return f"each page of {rows} is found by OFFSET, which reads all pages before it again"

    @property
    def cost(self) -> Cost:
        outer = rounds.times(self.loop.parents)
        times = f"{outer}·pages" if outer else "pages"
        rows = plural(snake(self.model.name))
        after = Amount(outer or "1", f"{outer}·{rows}" if outer else rows)
        return Cost(
            Amount(times, f"{outer}·{rows}" if outer else rows),
            after if self.fix is not None else None,
        )

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        scope, window = self.scope, self.scope.events[self.loop.first : self.loop.last + 1]
        return (
            self._written(),
            self._in_order(),
            self._one_cursor(),
            self._rewritable(),
            preconditions.no_unknown_calls(scope, window),
        )

    @cached_property
    def fix(self) -> Fix | None:
        title = f"Read {words(plural(snake(self.model.name)))} from one query, in parts"
        return Fix.if_possible(title, self.preconditions, self.patches)

    def _written(self) -> Precondition:
        """Nothing that the loop does changes what a later page has."""
        name, scope = "table-not-written", self.scope
        window = scope.events[self.loop.first : self.loop.last + 1]
        for effect in effects(window, *_ENDING):
            text = "the transaction ends in the loop, and with it the cursor of a stream"
            return refuted(scope, name, f"{text}: page by the last key instead", effect)
        for effect in effects(window, *_WRITING):
            if effect.model is None or effect.model is self.model:
                text = f"the loop may take {words(plural(snake(self.model.name)))} out of its own query"
                return refuted(
                    scope,
                    name,
                    f"{text}, of which OFFSET skips as many: page by the last key",
                    effect,
                )
        return proven(name, "no page is changed by what is done with another")

    def _in_order(self) -> Precondition:
        name = "row-order"
        by = {o.column.name for o in self.run.query.orderings if o.column is not None}
        if self.model.is_unique(frozenset(by)) and not any(
            self.model.columns[each].may_be_null for each in by if each in self.model.columns
        ):
            return proven(name, "the order has no equal rows")
        text = "equal rows may stand on two pages or on none; order by the primary key as well"
        return unknown(self.scope, name, text, self.run)

    def _one_cursor(self) -> Precondition:
        reason = "the rows come from one cursor, which is open as long as the loop runs"
        return unknown(self.scope, "sent-at-once", reason, self.run)

    def _rewritable(self) -> Precondition:
        name, model = "writable", self.model
        if self.shape is None:
            session = self.run.session
            text = "yield_per() takes the place of pages where a loop goes over their rows alone"
            if session is not None and session.asynchronous:
                text = (
                    "`stream_scalars(query.execution_options(yield_per=…))` takes the place of pages "
                    "where an `async for` goes over their rows alone"
                )
            return refuted(self.scope, name, text, self.run)
        if self.run.query.has("options") or any(
            each.lazy not in _LATER for each in model.relationships.values()
        ):
            text = "yield_per() cannot be used with collections that are loaded with the rows"
            return refuted(self.scope, name, text, self.run)
        return proven(name, "the rows of the pages are gone over and nothing else")

    @cached_property
    def shape(self) -> _Shape | None:
        return None if self.call is not None else _shape(self.scope, self.run, self.loop)

    def patches(self) -> tuple[Patch, ...]:
        shape, place = self.shape, self.scope.place
        assert shape is not None
        query = Copied(place(shape.base))
        size = Copied(place(shape.size))
        if self.run.query.style == "legacy":
            rows = Code.of("{query}.yield_per({size})", query=query, size=size)
        else:
            assert self.run.session_node is not None
            rows = Code.of(
                "{s}.scalars({query}.execution_options(yield_per={size}))",
                s=Copied(place(self.run.session_node)), query=query, size=size,
            )  # fmt: skip
        holes = {f"s{n}": Copied(place(each)) for n, each in enumerate(shape.inner.body)}
        lines = "".join(f"\n    {{{name}}}" for name in holes)
        loop = Code.of(
            f"for {{row}} in {{rows}}:{lines}",
            row=Copied(place(shape.inner.target)), rows=rows, **holes,
        )  # fmt: skip
        return (Remove(place(shape.begin)), Replace(place(shape.loop), loop))


def offset_pages(scope: Scope) -> Iterator[Pages]:
    """The queries of a function that ask for pages by OFFSET."""
    if has_tests(scope.module, scope.index.root):
        return
    for run in scope.own_runs:
        model = run.query.model
        if not run.loops or model is None or run.query.kind != "select" or run.streamed:
            continue
        loop = run.loops[-1]
        if loop.frame is not run.frame or not _goes_on(scope, run):
            continue
        if any(names_in(each) & (loop.names | loop.assigned) for each in _begin(run)):
            yield Pages(scope, run, loop, model)
    for site in sites(scope, also_while=True):
        for run in site.deep:
            model = run.query.model
            if model is None or run.loops != site.loops or run.query.kind != "select":
                continue
            if any(_begin(run)) and _goes_on(scope, run) and asks(run, site):
                yield Pages(scope, run, run.loops[-1], model, site.call)
                break


def _goes_on(scope: Scope, run: Run) -> bool:
    """True for a loop that makes a round for each page."""
    loop = run.loops[-1]
    if loop.deferred or not run.repeated_in(loop) or rounds.always_few(scope, run.loops):
        return False
    return isinstance(loop.node, ast.While) or rounds.called(loop.iterable) in _COUNTING


def _begin(run: Run) -> Sequence[ast.expr]:
    """What says where a page begins: `offset(start)` of a query with LIMIT, `query[start:end]`."""
    offset = run.query.has("offset")
    if offset is not None and run.query.has("limit") is not None:
        return offset.node.args
    match run.node:
        case ast.Subscript(slice=ast.Slice(lower=ast.expr() as lower, upper=ast.expr())):
            return [lower]
    return []


def _shape(scope: Scope, run: Run, loop: Loop) -> _Shape | None:
    """How such a loop is usually written; None for others."""
    block, position = scope.flow.blocks.get(loop.statement, ([], 0))
    if run.awaited or (run.session is not None and run.session.asynchronous):
        return None
    match loop.statement:
        case ast.While(
            test=ast.Constant(value=True | 1),
            body=[
                ast.Assign(targets=[ast.Name(id=rows)], value=asked),
                ast.If(test=test, body=[ast.Break()], orelse=[]),
                ast.For(target=ast.Name(), iter=ast.Name(id=gone), orelse=[]) as inner,
                ast.AugAssign(target=ast.Name(id=start), op=ast.Add(), value=step),
            ],
            orelse=[],
        ) as around:
            pass
        case _:
            return None
    begin = next((each for each in block[:position] if _begins(each, start)), None)
    parts = _parts(sent_query(run))
    if asked is not run.expression or gone != rows or begin is None or parts is None:
        return None
    assert isinstance(begin, ast.Assign)
    base, offset, size = parts
    others = {name for each in (base, size) for name in names_in(each)}
    if ast.unparse(offset) != start or ast.unparse(size) != ast.unparse(step):
        return None
    if ast.unparse(test) not in (f"not {rows}", f"len({rows}) == 0") or others & loop.assigned:
        return None
    used = [n.id for n in walk(scope.node) if isinstance(n, ast.Name) and n.id in (rows, start)]
    # set, tested and gone over; begun, asked by and counted on
    if used.count(rows) != 3 or used.count(start) != 3:
        return None
    left = (n for s in inner.body for n in walk(s) if isinstance(n, ast.Break))
    return None if any(left) or run.terminal != "all" else _Shape(begin, around, inner, base, size)


def _begins(statement: ast.stmt, name: str) -> bool:
    """True for `start = 0`."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=found)], value=ast.Constant(value=0)):
            return found == name
    return False


def _parts(query: ast.expr | None) -> tuple[ast.expr, ast.expr, ast.expr] | None:
    """The query before `.offset(start).limit(size)`, and the two."""
    match query:
        case ast.Call(
            func=ast.Attribute(
                attr=last,
                value=ast.Call(func=ast.Attribute(attr=first, value=base), args=[one], keywords=[]),
            ),
            args=[other],
            keywords=[],
        ):
            if (first, last) == ("offset", "limit"):
                return base, one, other
            if (first, last) == ("limit", "offset"):
                return base, other, one
    return None
