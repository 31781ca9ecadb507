"""Names of modules that mean the same as long as a program runs: classes, enums and constants."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.steady import refilled
from codemods.orm.values import ModelClass

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_LIBRARIES = ("sqlalchemy.", "sqlmodel.", "datetime.")


def is_fixed(scope: Scope, full_name: str) -> bool:
    """True for what SQLAlchemy or `datetime` has, for a mapped class, an enum, and a constant that
    nothing assigns again or changes."""
    if full_name.startswith(_LIBRARIES):
        return True
    full, program = scope.index.canonical(full_name), scope.program
    if scope.index.is_enum(full) or isinstance(scope.flow.named(full), ModelClass):
        return True
    owner, _, name = full.rpartition(".")
    home = scope.index.modules.get(owner)
    if home is None or full in program.replaced:
        return False
    tree, text = program.trees(home.path).whole, program.source(home.path).text
    bound = {
        part
        for part in walk(tree)
        if isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Store)
    }
    values = [
        statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None
        if not bound.isdisjoint(walk(statement))
    ]
    once = len(bound) == len(values) == 1 and name not in refilled(tree, text)
    return once and is_literal(values[0])


def is_literal(node: ast.AST) -> bool:
    """True for a constant, and for a list of such or of members of something."""
    match node:
        case ast.Constant():
            return True
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            return all(isinstance(e, ast.Attribute) or is_literal(e) for e in elements)
    return False
