"""Rows that a commit in a loop, or before it, expires, so that they are loaded again one by one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm import rounds, sessions
from codemods.orm.commit_reasons import (
    in_handler,
    is_migration,
    last_thing,
    own_session,
    remembered,
    sometimes,
)
from codemods.orm.events import Act, Effect, Loop, Run
from codemods.orm.mentions import is_test
from codemods.orm.values import Row, Session, Tuple, Value

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(frozen=True, eq=False)
class Expired:
    """Rows of one query that are read in a loop after a commit of their session.

    Args:
        loop: the one that commits; that over the rows if the commit comes before it.
        rows: the loop over the rows: `loop`, one around it or one in it.
        read: the first attribute that is read on a row.
    """

    scope: Scope
    loop: Loop
    rows: Loop
    row: Row
    run: Run
    commit: Effect
    read: ast.Attribute

    @property
    def is_outer(self) -> bool:
        """True for one row that every iteration reads again."""
        return self.rows in self.loop.parents

    @property
    def comes_before(self) -> bool:
        """True if the commit comes before the loop, and so only once."""
        return self.commit.index < self.loop.first

    @property
    def sometimes(self) -> bool:
        """True if not every iteration commits."""
        return not self.comes_before and sometimes(self.scope, self.loop, self.commit)

    @property
    def times(self) -> str:
        """How often a row is loaded again."""
        loops = (*self.loop.parents, self.loop)
        inner = self._around
        return rounds.times(inner if len(inner) > len(loops) else loops)

    @property
    def _around(self) -> tuple[Loop, ...]:
        return (*self.rows.parents, self.rows)


def expired_rows(scope: Scope) -> Iterator[Expired]:
    """The rows that a function's loops read after a commit, each query's once per loop."""
    if is_test(scope.module, scope.index.root) or is_migration(scope):
        return
    seen: set[tuple[Loop, str]] = set()
    for commit in scope.effects:
        if commit.act is not Act.COMMIT:
            continue
        for loop in reversed(commit.loops):
            if not _expires(scope, loop, commit):
                continue
            for rows, name, row, run in _loaded_before(scope, loop, commit):
                read = _first_read(scope, loop, rows, name, row)
                if read is not None and (rows, name) not in seen:
                    seen.add((rows, name))
                    yield Expired(scope, loop, rows, row, run, commit, read)
    yield from _expired_before(scope)


def _expired_before(scope: Scope) -> Iterator[Expired]:
    """The rows that were fetched before a commit and are gone over behind it, by the first loop."""
    known: set[Run] = set()
    for rows in scope.flow.all_loops:
        if isinstance(rows.node, ast.While) or rounds.is_short(rows):
            continue
        for name, row in _bound(rows.node.target, rows.element):
            run = _query_of(row)
            commit = _between(scope, row, run, rows) if run is not None else None
            if run is None or commit is None or run in known:
                continue
            own = rows.frame is scope.flow.root
            read = _read_on(scope, rows, name, row) if own else None
            if read is not None or not own:
                known.add(run)
            if read is not None:
                yield Expired(scope, rows, rows, row, run, commit, read)


def _between(scope: Scope, row: Row, run: Run, rows: Loop) -> Effect | None:
    """The commit that always comes between a query and a loop over its rows, if the session still
    has them and none is loaded again behind it."""
    around = set(rows.parents)
    if not around.issuperset(run.loops):
        return None
    found = None
    for event in scope.between(run.index, rows.first - 1):
        match event:
            case Effect(act=Act.COMMIT, target=Session(expire_on_commit=True) as session):
                always = around.issuperset(event.loops) and {*event.branches} <= {*rows.branches}
                # rows of an AsyncSession raise an error instead
                waits = run.awaited or session.asynchronous
                if always and not waits and not remembered(event):
                    found = event if _same_session(scope, run, event) else found
            case Effect(act=Act.CLOSE | Act.EXPUNGE):
                found = None
            case Effect(act=Act.REFRESH, model=model) if model in (row.model, None):
                found = None
            case Run(query=query) if row.model.full_name in (query.tables or {row.model.full_name}):
                found = None
    return found


def _read_on(scope: Scope, rows: Loop, name: str, row: Row) -> ast.Attribute | None:
    """The first attribute of the row that a loop reads, in a comprehension, too."""
    if isinstance(rows.node, ast.For | ast.AsyncFor):
        return _first_read(scope, rows, rows, name, row)
    found = [node for node in _attributes(rows, name, row) if not _needs_no_load(scope, node)]
    return min(found, key=lambda node: (node.lineno, node.col_offset), default=None)


def _attributes(loop: Loop, name: str, row: Row) -> Iterator[ast.Attribute]:
    """Where a loop reads or assigns a column or a relationship of the row."""
    for node in rounds.body_of(loop):
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if owner == name:
                if attr in row.model.columns or attr in row.model.relationships:
                    yield node


def _expires(scope: Scope, loop: Loop, commit: Effect) -> bool:
    """True for a commit after which the loop goes on with expired rows."""
    session = commit.target
    return (
        isinstance(session, Session)
        and session.expire_on_commit is True
        and loop.frame is scope.flow.root
        and isinstance(loop.node, ast.For | ast.AsyncFor)
        and isinstance(commit.node, ast.Call)
        and commit.repeated_in(loop)
        and not rounds.is_short(loop)
        and not own_session(loop, commit)
        and not remembered(commit)
        and not last_thing(scope, loop, commit)
        and not in_handler(scope, loop, commit)
    )


def _loaded_before(
    scope: Scope, loop: Loop, commit: Effect
) -> Iterator[tuple[Loop, str, Row, Run]]:
    """The variables that loops bind to rows of a query that was sent before `loop` began."""
    for other in scope.flow.all_loops:
        if other.frame is not scope.flow.root or not isinstance(other.node, ast.For | ast.AsyncFor):
            continue
        if other is not loop and loop not in other.parents and other not in loop.parents:
            continue
        for name, row in _bound(other.node.target, other.element):
            run = _query_of(row)
            if run is not None and run.index < loop.first and _same_session(scope, run, commit):
                yield other, name, row, run


def _bound(target: ast.expr, value: Value) -> Iterator[tuple[str, Row]]:
    match target, value:
        case ast.Name(id=name), Row():
            yield name, value
        case (ast.Tuple(elts=elts) | ast.List(elts=elts)), Tuple(elements=elements):
            if len(elts) == len(elements):
                for item, element in zip(elts, elements, strict=True):
                    yield from _bound(item, element)


def _query_of(row: Row) -> Run | None:
    """The query whose rows these are, all at hand since it was sent."""
    if row.new or len(row.origins) != 1 or row.origins[0].path:
        return None
    run = row.origins[0].run
    if run is None or run.streamed or run.query.has("yield_per", "execution_options"):
        return None
    return run


def _same_session(scope: Scope, run: Run, commit: Effect) -> bool:
    session = commit.target
    return (
        run.session is not None
        and isinstance(session, Session)
        and sessions.are_one(scope.index, run.session, session)
    )


def _first_read(scope: Scope, loop: Loop, rows: Loop, name: str, row: Row) -> ast.Attribute | None:
    """Where the loop reads a column or a relationship of the row, or assigns one: the UPDATE needs
    the key, which is loaded with the row."""
    inner = rows if loop in rows.parents else loop
    if any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in rounds.body_of(inner)
    ):
        return None
    found = [node for node in _attributes(inner, name, row) if not _needs_no_load(scope, node)]
    return min(found, key=lambda node: (node.lineno, node.col_offset), default=None)


def _needs_no_load(scope: Scope, node: ast.Attribute) -> bool:
    """True for what a nested function or a lambda reads, perhaps never."""
    parent: ast.AST | None = scope.parents.get(node)
    while parent is not None and parent is not scope.node:
        if isinstance(parent, ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef):
            return True
        parent = scope.parents.get(parent)
    return False
