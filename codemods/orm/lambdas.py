"""Queries in a lambda: what it is called with, and whether it is called in one loop alone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.containers import MUTATORS
from codemods.orm.events import Loop, Run

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


def around(scope: Scope, part: ast.AST) -> tuple[ast.Lambda, ...]:
    """The lambdas that an expression stands in, from the inside out."""
    found: list[ast.Lambda] = []
    node: ast.AST | None = part
    while node is not None and node is not scope.node:
        if isinstance(node, ast.Lambda):
            found.append(node)
        node = scope.parents.get(node)
    return tuple(found)


def parameters(scope: Scope, run: Run) -> frozenset[str]:
    """What the lambdas are called with, that a query stands in."""
    return frozenset(
        node.arg
        for each in around(scope, run.expression)
        for node in walk(each.args)
        if isinstance(node, ast.arg)
    )


def called_elsewhere(scope: Scope, run: Run, loop: Loop) -> bool:
    """True for a query in a lambda that may be called outside of a loop, too."""
    lambdas = around(scope, run.expression)
    if not lambdas:
        return False
    if sum(other.expression is run.expression for other in scope.runs) > 1:
        return True
    inside = set(walk(loop.owner))
    return lambdas[-1] not in inside or any(_is_kept(scope, each) for each in lambdas)


def _is_kept(scope: Scope, node: ast.Lambda) -> bool:
    """True for a lambda that is neither called by its name nor handed to what calls it at once."""
    match scope.parents.get(node):
        case ast.Call(func=ast.Attribute(attr=method)) if method in MUTATORS - {"sort"}:
            return True
        case ast.keyword() | ast.Call():
            return False
        case ast.Assign(targets=[ast.Name(id=name)]):
            return any(
                isinstance(each, ast.Name)
                and each.id == name
                and isinstance(each.ctx, ast.Load)
                and getattr(scope.parents.get(each), "func", None) is not each
                for each in walk(scope.node)
            )
    return True
