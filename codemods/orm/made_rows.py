"""What classes of rows do of their own where a row is made, or an attribute of one is set."""

from __future__ import annotations

import ast
from collections.abc import Set
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.objects import class_member

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.project.model import Model


def changed_by(flow: Flow, model: Model, columns: Set[str]) -> str | None:
    """The method of a class that may give a new row something else in one of these columns than
    what it is made with; None if there is none."""
    for name in ("__new__", "__setattr__"):
        if class_member(flow, model.full_name, name) is not None:
            return name
    facts = class_member(flow, model.full_name, "__init__")
    code = flow.program.code(facts) if facts is not None else None
    if facts is None or (code is not None and _hands_on(code.node, columns)):
        return None
    return "__init__"


def _hands_on(function: ast.AST, columns: Set[str]) -> bool:
    """True if an `__init__` does nothing with these but to hand them to the one above it."""
    if not isinstance(function, ast.FunctionDef):
        return False
    parameters = function.args
    names = columns | ({parameters.kwarg.arg} if parameters.kwarg else set())
    handed = set()
    for node in walk(function):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")))):
                handed |= {
                    keyword.value
                    for keyword in node.keywords
                    if isinstance(keyword.value, ast.Name)
                    and keyword.arg == (keyword.value.id if keyword.value.id in columns else None)
                }
                if any(k.arg in columns and k.value not in handed for k in node.keywords):
                    return False
            case ast.Name(id="setattr" | "vars") | ast.Attribute(attr="__dict__"):
                return False
            case ast.Attribute(attr=attribute, ctx=ast.Store()) if attribute in columns:
                return False
    return all(
        node in handed for node in walk(function) if isinstance(node, ast.Name) and node.id in names
    )
