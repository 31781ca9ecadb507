"""What runs whenever a row is loaded: listeners, and methods that a class has for that."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.project.model import Model

_LOADING = frozenset({"load", "refresh"})
_OF_SESSIONS = frozenset({"loaded_as_persistent"})


def heard(scope: Scope, names: Iterable[str]) -> str | None:
    """What may tell when, and in which order, rows of these classes are loaded; None if nothing."""
    index, asked = scope.index, tuple(names)
    if told := index.session_events & _OF_SESSIONS:
        return f"a listener for {min(told)} runs whenever a row is loaded"
    # a listener for a base class may be told of the classes below as well: `propagate=True`
    above = (base for name in asked for base in index.bases(name))
    for name in (*asked, *above, "*"):
        if told := index.events.get(name, frozenset()) & _LOADING:
            return f"a listener for {min(told)} runs whenever a row is loaded"
    for model in map(index.model, asked):
        if model is not None and (method := _set_up(scope, model)) is not None:
            return f"{model.name}.{method}() runs whenever a row is loaded"
    return None


def _set_up(scope: Scope, model: Model) -> str | None:
    """A `@reconstructor` that does more than to give its row some first values."""
    for other in model.others.values():
        facts = scope.index.function(other.function) if other.function else None
        if facts is None or not any(name.endswith("reconstructor") for name in facts.decorators):
            continue
        code = scope.flow.program.code(facts)
        if code is None or not all(map(_is_quiet, getattr(code.node, "body", ()))):
            return other.name
    return None


def _is_quiet(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"))], value=value):
            return _is_new(value)
        case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id="self")), value=value):
            return _is_new(value)
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
    return False


def _is_new(value: ast.expr | None) -> bool:
    match value:
        case None | ast.Constant() | ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Call(func=ast.Name(id="list" | "dict" | "set"), args=[], keywords=[]):
            return True
    return False
