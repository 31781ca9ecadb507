"""What the classes of `collections`, and sets of other packages that keep an order, make of what
they are given."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.orm import containers, functions
from codemods.orm.values import (
    ANYTHING,
    ContainerKind,
    Function,
    Items,
    Nothing,
    Plain,
    Symbol,
    Value,
)

if TYPE_CHECKING:
    from codemods.orm.flow import Flow

MADE = frozenset({
    "collections.defaultdict", "collections.Counter", "collections.OrderedDict",
    "collections.deque", "orderedset.OrderedSet", "ordered_set.OrderedSet",
    "boltons.setutils.IndexedSet", "sqlalchemy.util.OrderedSet",
})  # fmt: skip
_FRESH = frozenset({
    "builtins.list", "builtins.dict", "builtins.set", "builtins.int", "builtins.float",
    "collections.defaultdict", "collections.Counter",
})  # fmt: skip
_NUMBER = Plain("int", False)


def made(flow: Flow, node: ast.Call, full_name: str, arguments: list[Value]) -> Value:
    """What a call of one of `MADE` gives."""
    if full_name == "collections.defaultdict":
        return _defaults(flow, arguments)
    if full_name == "collections.OrderedDict":
        return functions.dict_of(flow, node, arguments)
    mapped = _NUMBER if full_name == "collections.Counter" else None
    kind: ContainerKind = "list" if mapped is None else "dict"
    if node.keywords and mapped is not None:
        return Items(Plain("str", False), kind, ANYTHING)
    if not arguments:
        return Items(Nothing(), kind, mapped and Nothing())
    items = containers.iterated_value(flow, node.args[0], arguments[0])
    if mapped is None:
        return replace(items, kind=kind, run=None, mapped=None, collection=None)
    counted = items.mapped if items.kind == "dict" and items.mapped is not None else mapped
    return Items(items.element, kind, counted)


def _defaults(flow: Flow, arguments: Sequence[Value]) -> Value:
    """A dict whose values its factory makes."""
    match arguments:
        case [Symbol(full_name="builtins.int"), *_]:
            return Items(Nothing(), "dict", _NUMBER)
        case [Symbol(full_name="builtins.list" | "builtins.set" as kind), *_]:
            inner: ContainerKind = "list" if kind.endswith("list") else "set"
            return Items(Nothing(), "dict", Items(Nothing(), inner))
        case [Symbol(full_name="builtins.dict"), *_]:
            return Items(Nothing(), "dict", Items(Nothing(), "dict", Nothing()))
        case [Function(node=ast.Lambda(body=body)), *_] if _is_fresh(flow, body):
            return Items(Nothing(), "dict", flow.ev(body))
    return Items(Nothing(), "dict", ANYTHING)


def _is_fresh(flow: Flow, node: ast.expr) -> bool:
    """True for what makes a new container or number, whatever the variables hold."""
    match node:
        case ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Call(func=func, args=arguments, keywords=[]):
            made_by = flow.ev(func) if isinstance(func, ast.Name) else ANYTHING
            fresh = isinstance(made_by, Symbol) and made_by.full_name in _FRESH
            return fresh and all(isinstance(each, ast.Name | ast.Lambda) for each in arguments)
    return False
