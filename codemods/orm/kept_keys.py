"""Keys by which the answers of a lookup can be kept: what they are made of, and for how long."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm import rounds
from codemods.orm.events import Loop
from codemods.orm.keys import is_pure, loaded_names
from codemods.orm.moments import changed_names
from codemods.orm.values import Cell, Plain, Unknown, Value

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


def kept_keys(
    scope: Scope,
    call: ast.expr,
    data: list[ast.expr],
    loops: tuple[Loop, ...],
    sessions: set[str],
) -> tuple[tuple[ast.expr, ...], tuple[Loop, ...]] | None:
    """What of `data` is the key, and the loops whose rounds can share the answers.

    Args:
        sessions: the variables that hold the session, which a loop may write to.
    """
    if not loops or rounds.always_few(scope, loops) or any(map(rounds.is_retried, loops)):
        return None
    inside = {node for item in data for node in walk(item)}
    fixed = {
        node.id
        for node in walk(call)
        if isinstance(node, ast.Name) and node not in inside and isinstance(node.ctx, ast.Load)
    }
    around: list[Loop] = []
    for loop in reversed(loops):
        if loop.frame is not scope.flow.root or loop.deferred:
            break
        if fixed & (loop.names | loop.assigned) or _changes(loop, fixed - sessions):
            break
        around.insert(0, loop)
    if not around:
        return None
    bound = frozenset().union(*(loop.names | loop.assigned for loop in around))
    keys = [item for item in data if loaded_names(item) & bound]
    if not keys or not all(map(is_pure, keys)):
        return None
    return tuple(keys), tuple(around)


def _changes(loop: Loop, names: set[str]) -> bool:
    """True if a loop writes to an object that the lookup is asked through: `self.language = …`."""
    return any(
        path.partition(".")[0] in names for node in walk(loop.owner) for path in changed_names(node)
    )


def paths(scope: Scope, node: ast.expr, bound: frozenset[str]) -> Iterator[ast.expr]:
    """The longest variables and attributes in a query that begin with what a loop binds."""
    for item in walk(node):
        if not isinstance(item, ast.Name) or item.id not in bound:
            continue
        path: ast.expr = item
        while (outer := _longer(scope, path)) is not None:
            path = outer
        yield path


def _longer(scope: Scope, path: ast.expr) -> ast.expr | None:
    """The attribute or the item that is read of a path, if it is not called."""
    match outer := scope.parents.get(path):
        case ast.Attribute(value=value) | ast.Subscript(value=value, slice=ast.Constant()):
            called = scope.parents.get(outer)
            return outer if value is path and getattr(called, "func", None) is not outer else None
    return None


def path_value(scope: Scope, node: ast.expr) -> Value | None:
    dotted = dotted_name(node)
    return scope.flow.lookup(dotted) if dotted else None


def may_reach(value: Value | None) -> bool:
    """True for what is no key: a session, a row, a query."""
    return value is not None and not isinstance(value, Unknown | Plain | Cell)
