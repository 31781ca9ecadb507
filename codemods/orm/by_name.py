"""Attributes that are named by a text: `getattr()`, `setattr()`, `vars()` and `__dict__`."""

from __future__ import annotations

import ast
from contextlib import nullcontext
from typing import TYPE_CHECKING

from codemods.orm import attributes, expressions, objects
from codemods.orm.choices import OneOf
from codemods.orm.events import Act
from codemods.orm.instances import Instance
from codemods.orm.values import Condition, ModelClass, Plain, Row, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow


def builtin(flow: Flow, node: ast.Call, name: str, arguments: list[Value]) -> Value | None:
    """`getattr(row, "customer")` and its relatives; None for what nobody knows."""
    match name, arguments:
        case "getattr", [owner, Plain(constant=str() as attribute), *_]:
            return attributes.attribute(flow, node, owner, attribute)
        case "getattr", [Row() as owner, OneOf() as attribute, *_]:
            return _each(flow, node, owner, attribute)
        case "getattr", [ModelClass(model=model), *_]:
            return Condition(node, (model,))
        case "setattr", [Row() as row, Plain(constant=str() as attribute), value]:
            flow.effect(
                Act.SET, node, model=row.model, attribute=attribute, target=row, value=value,
                source=node.args[2],
            )  # fmt: skip
            return Plain(None, True, None)
        case "setattr", [Instance() as owner, Plain(constant=str() as attribute), value]:
            objects.set_attribute(flow, node, owner, attribute, value)
        case "object.__setattr__", _:
            held(flow, arguments)
        case "setattr" | "delattr" | "vars", [Instance() as owner, *_]:
            objects.forget(flow, owner)
    return None


def held(flow: Flow, arguments: list[Value]) -> None:
    """`object.__setattr__(service, name, value)`: any attribute, where the name is not known."""
    match arguments:
        case [Instance() as owner, Plain(constant=str() as name), value]:
            objects.hold(flow, owner, name, value)
        case [Instance() as owner, *_]:
            objects.forget(flow, owner)


def _each(flow: Flow, node: ast.Call, owner: Row, name: OneOf) -> Value:
    """`getattr(row, name)`, where the name is each of a few in turn."""
    found = []
    for text in name.texts:
        with nullcontext() if name.sure else flow.under(node):
            found.append(attributes.attribute(flow, node, owner, text))
    return expressions.join_all(tuple(found))
