"""Functions that the standard library's `operator` makes, which get a part of what they are called with."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm import attributes, subscripts
from codemods.orm.values import ANYTHING, Function, Plain, Tuple, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow


def getter(flow: Flow, node: ast.Call, full_name: str) -> Function | None:
    """What `attrgetter("customer.name")` and `itemgetter("price")` make.

    Returns:
        None for other functions, and where the arguments are not written out.
    """
    gets = _GETTERS.get(full_name)
    written = [(each, _constant(each)) for each in node.args]
    if gets is None or not written or node.keywords or any(part is None for _, part in written):
        return None

    def call(arguments: tuple[Value, ...]) -> Value:
        if len(arguments) != 1:
            return ANYTHING
        found = [gets(flow, each, arguments[0], part) for each, part in written]
        return found[0] if len(found) == 1 else Tuple(tuple(found))

    return Function(node, call)


def _attribute(flow: Flow, node: ast.expr, value: Value, path: object) -> Value:
    for name in str(path).split("."):
        value = attributes.attribute(flow, node, value, name)
    return value


def _item(flow: Flow, node: ast.expr, value: Value, key: object) -> Value:
    return subscripts.item_of(flow, node, value, Plain(type(key).__name__, False, key))


_GETTERS = {"operator.attrgetter": _attribute, "operator.itemgetter": _item}


def _constant(node: ast.expr) -> str | int | None:
    match node:
        case ast.Constant(value=str() | int() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
            return -value
    return None
