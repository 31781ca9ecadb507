"""Which columns are read of the rows of a list."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.row_lists import reads_of
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


def columns_read(scope: Scope, model: Model, node: ast.expr) -> list[Column] | None:
    """The columns that are read of a list's rows, None where more than that is."""
    match scope.parents.get(node):
        case ast.Assign(targets=[ast.Name(id=name)]) as assigned:
            reads = reads_of(scope, name, assigned)
            if not reads:
                return None
        case _:
            reads = (node,)
    found: list[Column] = []
    for read in reads:
        match scope.parents.get(read):
            case ast.Call(func=ast.Name(id="len" | "bool")) | ast.If() | ast.IfExp():
                continue
            case ast.UnaryOp(op=ast.Not()):
                continue
            case ast.For(target=ast.Name(id=row), iter=source) as loop if source is read:
                inner: ast.AST = loop
            case ast.comprehension(target=ast.Name(id=row), iter=source) as clause if (
                source is read
            ):
                inner = scope.parents[clause]
            case _:
                return None
        columns = _of_rows(scope, model, row, inner)
        if columns is None:
            return None
        found += columns
    return found


def _of_rows(scope: Scope, model: Model, row: str, inner: ast.AST) -> list[Column] | None:
    """The columns that are read of a variable, where nothing else is done with it."""
    found: list[Column] = []
    elsewhere: set[ast.AST] = set()
    if not isinstance(inner, ast.For):
        elsewhere = set(walk(scope.node)) - set(walk(inner))
    for node in walk(scope.node):
        match node:
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                # a variable of its own
                bound = {n for c in node.generators for n in names_in(c.target)}
                if node is not inner and row in bound:
                    elsewhere |= set(walk(node))
    inside = set(walk(inner))
    for node in walk(scope.node):
        if not isinstance(node, ast.Name) or node.id != row or node in elsewhere:
            continue
        if not isinstance(node.ctx, ast.Load):
            continue
        parent = scope.parents.get(node)
        if node not in inside or not isinstance(parent, ast.Attribute):
            return None
        column = model.columns.get(parent.attr)
        if column is None or column.expression or not isinstance(parent.ctx, ast.Load):
            return None
        found.append(column)
    return found


def names_in(node: ast.AST) -> set[str]:
    return {n.id for n in walk(node) if isinstance(n, ast.Name)}
