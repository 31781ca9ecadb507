"""What the database refuses: keys, earlier than in a loop, and what a loop writes, later."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import names
from codemods.orm.bindings import assigned_names
from codemods.orm.eager_writes import fits
from codemods.orm.events import Act, Effect, Event
from codemods.orm.headers import is_constant
from codemods.orm.key_loops import mutated_names
from codemods.orm.new_rows import flushed_by, flushed_later
from codemods.orm.observable import noticed
from codemods.orm.preconditions import effects
from codemods.orm.values import Cell

if TYPE_CHECKING:
    from codemods.orm.events import Try
    from codemods.orm.lookups import Lookup
    from codemods.orm.scope import Scope

# What drivers raise for a number beyond the column's range, or for a NUL or half a character in text.
_REFUSALS = names.BROAD_ERRORS | {
    "builtins.ValueError", "builtins.UnicodeError", "builtins.UnicodeEncodeError",
    "builtins.OverflowError", "builtins.ArithmeticError",
}  # fmt: skip
_ROLLBACK = frozenset({"rollback", "close", "expunge_all"})


def told_outside(lookup: Lookup, writes: Sequence[Effect]) -> bool:
    """True if the function goes on after an error of the query, and sees how far the loop has come.

    A key may be refused, and so may what waits for the flush of a query.

    Args:
        writes: what the loop changes that the session has.
    """
    refused = _may_be_refused(lookup)
    anywhere = refused or doubtful(writes) is not None
    made = _made(lookup, None if anywhere else lookup.run.statement)
    inside = set(walk(lookup.loop.owner))
    for attempt in lookup.run.tries:
        if attempt.node in inside or not handles_refusals(attempt):
            continue
        seen = [part for part in _seen(lookup.scope, attempt) if part not in inside]
        if any(isinstance(node, ast.Name) and node.id in made for node in seen):
            return True
        undone = any(isinstance(node, ast.Attribute) and node.attr in _ROLLBACK for node in seen)
        goes_on = any(_goes_on(each) for each in _handlers(attempt.node))
        if refused and writes and not undone and goes_on:
            return True
    return False


def told_after(scope: Scope, attempt: Try, statements: Sequence[ast.stmt]) -> bool:
    """True if the function goes on after an error of some statements, and sees how far they came."""
    made: set[str] = set()
    for statement in statements:
        made |= assigned_names(statement)
        made |= {path.partition("[")[0] for path in mutated_names(scope, statement)}
    inside = {part for statement in statements for part in walk(statement)}
    seen = (part for part in _seen(scope, attempt) if part not in inside)
    if any(isinstance(node, ast.Name) and node.id in made for node in seen):
        return True
    handlers = _handlers(attempt.node)
    goes_on = any(not isinstance(each.body[-1], ast.Raise) for each in handlers)
    swallows = isinstance(attempt.node, ast.With | ast.AsyncWith)
    return (goes_on or swallows) and any(noticed(each, scope.node) for each in statements)


def _may_be_refused(lookup: Lookup) -> bool:
    """True for numbers and texts that come from outside of the database."""
    return not lookup.preloaded and any(
        part.column.python in ("int", "str")
        and not isinstance(part.value, Cell)
        and not is_constant(lookup.scope, lookup.loop.iterable)
        for part in lookup.parts
    )


def _made(lookup: Lookup, end: ast.stmt | None) -> set[str]:
    """The variables that say how far the loop has come, or its first round before a statement."""
    owner = lookup.loop.owner
    parts = list(_before(owner, end)) if end is not None else [owner]
    made = set(lookup.loop.names)
    for part in parts:
        made |= {path.partition("[")[0] for path in mutated_names(lookup.scope, part)}
        made |= assigned_names(part)
        made |= {
            node.value.id
            for node in walk(part)
            if isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
        }
    return made


def _before(owner: ast.AST, end: ast.stmt) -> Iterator[ast.AST]:
    """The statements of a loop that run before one of them in its first round."""
    for statement in getattr(owner, "body", ()) if isinstance(owner, ast.For) else ():
        if statement is end:
            return
        if end in set(walk(statement)):
            yield from _before(statement, end) if isinstance(statement, ast.For) else (statement,)
            return
        yield statement


def handles_refusals(attempt: Try) -> bool:
    """True for a `try` that goes on, or cleans up, after what the database or its driver refuses."""
    found = {name for name in attempt.handles if name.startswith("sqlalchemy.")}
    expected = {"NoResultFound", "MultipleResultsFound"}
    found = {name for name in found if name.rpartition(".")[2] not in expected}
    return bool(found | attempt.handles & _REFUSALS) or bool(getattr(attempt.node, "finalbody", ()))


def _seen(scope: Scope, attempt: Try) -> Iterator[ast.AST]:
    """What runs after an error of what a `try` is around."""
    match attempt.node:
        case ast.Try(handlers=handlers, finalbody=last) | ast.TryStar(
            handlers=handlers, finalbody=last
        ):
            for handler in handlers:
                yield from walk(handler)
            for statement in last:
                yield from walk(statement)
            if not any(_goes_on(handler) for handler in handlers):
                return
    if not isinstance(attempt.node, ast.stmt):
        return
    end = scope.source.span(attempt.node).end
    again = _loop_around(scope, attempt.node)
    for node in walk(scope.node):
        if isinstance(node, ast.Name) and scope.source.span(node).start >= end:
            yield node
        elif node is again:
            yield from walk(node)


def _loop_around(scope: Scope, node: ast.AST | None) -> ast.AST | None:
    """The outermost loop around a statement."""
    found = None
    while node is not None and node is not scope.node:
        node = scope.parents.get(node)
        if isinstance(node, ast.For | ast.AsyncFor | ast.While):
            found = node
    return found


def _handlers(node: ast.AST) -> list[ast.ExceptHandler]:
    return node.handlers if isinstance(node, ast.Try | ast.TryStar) else []


def _goes_on(handler: ast.ExceptHandler) -> bool:
    """True if the function goes on after a handler."""
    return not isinstance(handler.body[-1], ast.Raise | ast.Return)


def refused_later(lookup: Lookup, window: Sequence[Event]) -> Effect | None:
    """A write of the loop that the flush of a lookup may refuse, and then nothing in the function.

    The last item's write is flushed later today, too; those before it are not. What the same round
    flushes is refused there.
    """
    writes = effects(window, Act.ADD, Act.SET)
    write = doubtful([each for each in writes if flushed_by(each, window) is None])
    return None if write is None or flushed_later(lookup) else write


def doubtful(writes: Sequence[Effect]) -> Effect | None:
    """The first of these that a constraint of the database may refuse."""
    return next((write for write in writes if write.act is not Act.SET or not fits(write)), None)
