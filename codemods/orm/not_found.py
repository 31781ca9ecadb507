"""What a loop does where a lookup finds nothing."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.moments import end_of, position

if TYPE_CHECKING:
    from codemods.orm.events import Event
    from codemods.orm.lookups import Lookup
    from codemods.orm.scope import Scope


def is_under_not_found(lookup: Lookup, effect: Event) -> bool:
    """True if the write comes only where the lookup found nothing."""
    around = len(lookup.run.branches)
    if effect.branches[:around] != lookup.run.branches or _bound_again(lookup, effect):
        return False
    for branch in effect.branches[around:]:
        if branch.test is None:
            continue
        if branch.arm == 0 and says(lookup, branch.test, False):
            return True
        if branch.arm == 1 and says(lookup, branch.test, True):
            return True
    return effect.statement is not None and _left_where_found(lookup, effect.statement)


def _left_where_found(lookup: Lookup, statement: ast.stmt) -> bool:
    """True behind `if row: return row`, where the row is what this lookup has found."""
    block, number = lookup.scope.flow.blocks.get(statement, ([], 0))
    for before in block[:number]:
        match before:
            case ast.If(test=test, body=body, orelse=[]) if isinstance(
                body[-1], ast.Continue | ast.Return | ast.Break | ast.Raise
            ) and says(lookup, test, True):
                if position(test) >= position(lookup.expression):
                    return True
    return False


def _bound_again(lookup: Lookup, effect: Event) -> bool:
    """True if the variable may hold something else than what was found, and not only where that is
    nothing, before the write."""
    scope, name = lookup.scope, result_name(lookup)
    start, end = end_of(lookup.expression), position(effect.statement)
    for node in walk(lookup.loop.owner):
        if not isinstance(node, ast.Name) or node.id != name or isinstance(node.ctx, ast.Load):
            continue
        if start <= position(node) < end and not _stands_where_missing(scope, lookup, node):
            return True
    return False


def _stands_where_missing(scope: Scope, lookup: Lookup, node: ast.AST) -> bool:
    while (parent := scope.parents.get(node)) is not None and node is not lookup.loop.owner:
        if isinstance(node, ast.stmt) and _left_where_found(lookup, node):
            return True
        if isinstance(parent, ast.If) and (
            (node in parent.body and says(lookup, parent.test, False))
            or (node in parent.orelse and says(lookup, parent.test, True))
        ):
            return True
        node = parent
    return False


def says(lookup: Lookup, test: ast.expr, found: bool) -> bool:
    """True if `test` holds exactly where a row was found (or not found)."""
    name = result_name(lookup)
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return says(lookup, inner, not found)
        case ast.Compare(
            left=left, ops=[ast.Is() | ast.IsNot() as op], comparators=[ast.Constant(value=None)]
        ):
            return isinstance(op, ast.IsNot) is found and _is_result(lookup, left, name)
    return found and _is_result(lookup, test, name)


def _is_result(lookup: Lookup, node: ast.expr, name: str | None) -> bool:
    if isinstance(node, ast.Name):
        return node.id == name
    return node is lookup.expression or (lookup.tested is not None and node is lookup.tested[0])


def result_name(lookup: Lookup) -> str | None:
    """The variable that a lookup's result is assigned to."""
    match lookup.scope.parents.get(lookup.expression):
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.NamedExpr(target=ast.Name(id=name)):
            return name
    return None
