"""Conditions that a function hands to a query for its callers: `where(*criteria)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Frame
    from codemods.orm.values import Value

# Methods of columns that make a condition, and do nothing else.
_OPERATORS = frozenset({
    "is_", "is_not", "isnot", "in_", "not_in", "notin_", "like", "ilike", "between", "startswith",
    "endswith", "contains", "desc", "asc",
})  # fmt: skip


def each_condition(
    flow: Flow, given: list[tuple[Value, ast.expr]]
) -> Iterator[tuple[Value, ast.expr]]:
    """What a query is filtered by, with the conditions that a caller gave for `*criteria`, where
    they are seen, in the place of that."""
    for value, node in given:
        handed = _handed(flow.frame, node)
        if handed is None:
            yield value, node
            continue
        frame, nodes = handed
        for each in nodes:
            yield flow.given_to(frame, each), each


def _handed(frame: Frame, node: ast.expr) -> tuple[Frame, tuple[ast.expr, ...]] | None:
    match node:
        case ast.Starred(value=ast.Name(id=name)) if frame.hands_on(name):
            given = frame.rest(name)
        case _:
            return None
    if given is None and frame.caller is not None and isinstance(frame.call, ast.Call):
        starred = [each for each in frame.call.args if isinstance(each, ast.Starred)]
        # handed on as they came, and nothing with them
        alone = len(starred) == 1 and frame.call.args[-1] is starred[0]
        return _handed(frame.caller, starred[0]) if alone and _takes_rest_alone(frame) else None
    if given is None or not all(map(_is_condition, given)):
        return None
    return frame, given


def _takes_rest_alone(frame: Frame) -> bool:
    """True if what a call gives besides its name is all for `*criteria`."""
    node, call = frame.code.node, frame.call
    if isinstance(node, ast.Module) or not isinstance(call, ast.Call) or not frame.shown:
        return False
    named = (*node.args.posonlyargs, *node.args.args)[frame.bound :]
    return len(call.args) == len(named) + 1


def _is_condition(node: ast.expr) -> bool:
    """True for an expression that makes a condition, and may be made twice."""
    return all(
        isinstance(each.func, ast.Attribute) and each.func.attr in _OPERATORS
        for each in walk(node)
        if isinstance(each, ast.Call)
    ) and not any(isinstance(each, ast.Await | ast.NamedExpr | ast.Yield) for each in walk(node))
