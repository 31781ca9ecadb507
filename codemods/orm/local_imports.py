"""Imports that a function makes for itself, and what else they may bring."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.patch import Code, InsertAfter, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_LONGEST = 84


def beginning(scope: Scope, func: ast.expr) -> ast.ImportFrom | None:
    """The statement at the beginning of a function that imports what it calls, where the module
    has nothing of that name and the function does not bind it otherwise."""
    if not isinstance(func, ast.Name) or isinstance(scope.node, ast.Module):
        return None
    if func.id in scope.module.imports:
        return None
    for node in walk(scope.node):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) if name == func.id:
                return None
    found = None
    for statement in scope.node.body:
        match statement:
            case ast.ImportFrom(names=names):
                if func.id in (each.name for each in names if each.asname is None):
                    found = statement
            case ast.Expr(value=ast.Constant()) | ast.Import():
                pass
            case _:
                break
    return found


def also(scope: Scope, statement: ast.ImportFrom, name: str) -> Patch:
    """What lets an import bring `name`, too."""
    names = sorted([*map(ast.unparse, statement.names), name])
    start = f"from {'.' * statement.level}{statement.module or ''} import"
    text = f"{start} {', '.join(names)}"
    place = scope.place(statement)
    if len(text) > _LONGEST or "#" in scope.text(statement):
        return InsertAfter(place, (Code.of(f"{start} {name}"),))
    return Replace(place, Code.of(text))
