"""What a query goes over: a list can be gone over again, an iterator is used up by the first."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm.headers import is_constant
from codemods.orm.preconditions import unknown
from codemods.orm.values import Items, Result, Unknown, Value

if TYPE_CHECKING:
    from codemods.finding import Precondition
    from codemods.orm.events import Run
    from codemods.orm.scope import Scope

_LISTED = frozenset({"in_", "not_in", "notin_"})
_GOING_OVER = frozenset({
    "list", "tuple", "set", "frozenset", "dict", "sorted", "reversed", "enumerate", "zip", "map",
    "filter", "sum", "min", "max", "any", "all",
})  # fmt: skip


def used_up(
    scope: Scope, nodes: Iterable[ast.AST], run: Run, name: str = "query-invariant"
) -> Precondition | None:
    """The doubt that a query asks for the same once more if it goes over what may be an iterator:
    such a thing gives its items to the first query only.

    Args:
        nodes: the query with all that is in it.
        name: the precondition's.
    """
    gone = next((each for each in _gone_over(nodes) if _may_be_iterator(scope, each)), None)
    if gone is None:
        return None
    reason = f"if {ast.unparse(gone)} is an iterator, the first query uses it up"
    return unknown(scope, name, reason, run)


def _gone_over(nodes: Iterable[ast.AST]) -> Iterator[ast.expr]:
    for node in nodes:
        match node:
            case ast.comprehension(iter=iterable):
                yield iterable
            case ast.Starred(value=iterable):
                yield iterable
            case ast.Call(func=ast.Attribute(attr=name), args=[iterable]) if name in _LISTED:
                yield iterable
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in _GOING_OVER:
                yield from arguments


def _may_be_iterator(scope: Scope, node: ast.expr) -> bool:
    if not isinstance(node, ast.Name | ast.Attribute):
        # whatever else there is makes something new whenever it is evaluated
        return isinstance(node, ast.Subscript) and _unknown(scope.flow.lookup(_base(node)))
    if is_constant(scope, node):
        return False
    if isinstance(node, ast.Attribute):
        return _unknown(scope.flow.lookup(dotted_name(node) or ""))
    bound = [
        item
        for item in ast.walk(scope.node)
        if isinstance(item, ast.Name) and item.id == node.id and isinstance(item.ctx, ast.Store)
    ]
    return len(bound) > 1 or _unknown(scope.flow.lookup(node.id))


def _base(node: ast.Subscript) -> str:
    return dotted_name(node.value) or ""


def _unknown(value: Value) -> bool:
    if isinstance(value, Items):
        return not value.repeatable
    return isinstance(value, Unknown | Result)
