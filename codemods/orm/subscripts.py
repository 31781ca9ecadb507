"""Items: of lists, dicts and tuples, of rows, and slices of queries."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.orm import attributes, containers, expressions, objects, protocols, sessions
from codemods.orm.query import Query
from codemods.orm.values import (
    ANYTHING,
    DATA,
    Cell,
    Items,
    ModelClass,
    Plain,
    Row,
    Symbol,
    Tuple,
    Unknown,
    Value,
    partly,
)

if TYPE_CHECKING:
    from codemods.orm.flow import Flow


def subscript(flow: Flow, node: ast.Subscript) -> Value:
    """`owner[index]`, a slice too."""
    owner, index = flow.ev(node.value), flow.ev(node.slice)
    match owner:
        case Query(style="legacy"):
            return _sliced(flow, node, owner)
        case Items() if owner.kind != "dict" and isinstance(node.slice, ast.Slice):
            kind = "list" if owner.kind == "any" else owner.kind
            return partly(replace(owner, run=None, kind=kind))
    return item_of(flow, node, owner, index)


def _sliced(flow: Flow, node: ast.Subscript, query: Query) -> Value:
    """`query[0]`, `query[:10]`: sent at once."""
    whole = isinstance(node.slice, ast.Slice)
    run = sessions.send(flow, node, query, "slice" if whole else "item")
    element = sessions.element(run)
    return Items(element, "list") if whole else element


def item_of(flow: Flow, node: ast.expr, owner: Value, index: Value) -> Value:
    """`owner[index]`, where `node` stands for both."""
    match owner:
        case Items(kind="dict", mapped=mapped):
            held = (
                containers.named_item(owner, index.constant) if isinstance(index, Plain) else None
            )
            return held or containers.fetched(flow, mapped or ANYTHING, index)
        case Items(element=element):
            return containers.fetched(flow, element, index)
        case Tuple(elements=elements):
            match index:
                case Plain(constant=int() as position) if (
                    -len(elements) <= position < len(elements)
                ):
                    return elements[position]
            return Items(expressions.join_all(elements), "tuple")
        case Plain() | Cell():
            return DATA
        case Unknown():
            return owner
        case Symbol(full_name=full_name) if isinstance(index, ModelClass | Symbol):
            return owner if objects.is_known(flow, full_name) else ANYTHING
        case Row() as row if isinstance(index, Plain) and isinstance(index.constant, str):
            return attributes.row_attribute(flow, node, row, index.constant)
    found = protocols.used(flow, node, owner, "__getitem__", "__class_getitem__", "__missing__")
    return ANYTHING if found is None else found
