"""Objects of packages and of Python that give something else each time, or change as they are read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import Call, Name, dotted_name
from codemods.orm.bindings import assigned_values
from codemods.orm.elsewhere import is_pure
from codemods.orm.keys import PURE_METHODS, is_of_a_queue
from codemods.orm.values import Symbol

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_FILLING = "collections.defaultdict"
_STEADY = frozenset({"contextvars.ContextVar"})


def gives_another(scope: Scope, node: ast.AST) -> ast.Call | None:
    """A call that has the name of a method of data, `lines.get()`, but is one of a module or an
    object of a package, such as a queue or a client.

    `settings.get("limit")` is taken for data.
    """
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr=name)) if name in PURE_METHODS:
            makers = list(_makers(scope, owner))
            if any(maker in _STEADY for maker in makers):
                return None
            by_name = bool(node.args) and isinstance(node.args[0], ast.Constant)
            if is_of_a_queue(node) or (
                not by_name and not all(_is_data(scope, maker) for maker in makers)
            ):
                return node
    return None


def fills(scope: Scope, node: ast.AST) -> ast.Subscript | None:
    """`found[key]` of a `defaultdict`, which gets that key by it, where the function tells what the
    dict has."""
    for item in walk(node):
        match item:
            case ast.Subscript(value=ast.Name(id=name) as owner) if _FILLING in _makers(
                scope, owner
            ):
                looked_up = {
                    each.value
                    for each in walk(scope.node)
                    if isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Load)
                }
                if any(
                    isinstance(each, ast.Name) and each.id == name and each not in looked_up
                    for each in walk(scope.node)
                    if isinstance(getattr(each, "ctx", None), ast.Load)
                ):
                    return item
    return None


def _makers(scope: Scope, owner: ast.expr) -> Iterator[str]:
    """The full names of the modules, classes and functions that an expression comes from."""
    dotted = dotted_name(owner)
    if dotted is None:
        return
    if isinstance(value := scope.flow.lookup(dotted), Symbol):
        yield from _made_by(scope, value.full_name)
    for made in assigned_values(scope.node, dotted) if isinstance(owner, ast.Name) else ():
        if isinstance(made, ast.Call) and (path := dotted_name(made.func)) is not None:
            maker = scope.flow.lookup(path)
            if isinstance(maker, Symbol):
                yield maker.full_name


def _made_by(scope: Scope, full_name: str) -> Iterator[str]:
    """What makes the value of a module's variable; the name itself of what is none."""
    held = scope.index.value(full_name)
    if held is None:
        yield full_name
        return
    module = scope.index.by_path.get(held.place.path)
    if module is not None and isinstance(held.value, Call) and isinstance(held.value.callee, Name):
        resolved = scope.index.resolve(module, held.value.callee.dotted)
        if resolved is not None:
            yield resolved


def _is_data(scope: Scope, full_name: str) -> bool:
    """True for what gives the same again, and for functions and classes of the project, which are
    followed."""
    index = scope.index
    own = index.function(full_name) is not None or index.class_(full_name) is not None
    return own or full_name.startswith("builtins.") or is_pure(scope.flow, full_name)
