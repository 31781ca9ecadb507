"""Loader options: `selectinload(Order.lines)` and what is chained on it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.orm import names
from codemods.orm.query import (
    Loader,
)
from codemods.orm.values import (
    Plain,
    RelationshipRef,
    Step,
    Tuple,
    Value,
)

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.project.model import Model


def loader(node: ast.Call, strategy: str, arguments: list[Value], before: Loader | None) -> Loader:
    """`selectinload(A.b)`, or `.selectinload(B.c)` on the loader `before`."""
    path: tuple[Step, ...] | None = before.path if before else ()
    strategies = before.strategies if before else ()
    if strategy in names.COLUMN_LOADERS:
        return replace(before, node=node) if before else Loader(node, path, strategies)
    strings = before.strings if before else ()
    for argument in arguments:
        match argument:
            case RelationshipRef(model=model, relationship=relationship) if path is not None:
                path = (*path, Step(model, relationship))
            case Plain(constant="*"):
                return Loader(node, path, (*strategies, strategy), everything=True)
            case Plain(constant=str() as dotted) if path == ():
                strings = (*strings, *dotted.split("."))
                strategies = (*strategies, *(strategy for _ in dotted.split(".")[1:]))
            case _:
                return Loader(node, None, (*strategies, strategy))
        strategies = (*strategies, strategy)
    return Loader(node, path, strategies, strings=strings)


def given(flow: Flow, arguments: list[tuple[Value, ast.expr]]) -> Iterator[Value]:
    """What `options()` is called with; `*options` is what the caller hands in, if that is seen."""
    for value, node in arguments:
        match node:
            case ast.Starred(value=ast.Name(id=name)) if flow.frame.hands_on(name):
                yield from handed(flow, name, value)
            case _:
                yield value


def handed(flow: Flow, name: str, value: Value) -> Iterator[Value]:
    """The options in the parameter `name`, one by one."""
    held, node = flow.env.get(name), flow.frame.argument(name)
    rest = flow.frame.rest(name)
    if rest is not None:
        yield from (flow.in_caller(item) for item in rest)
    elif isinstance(node, ast.List | ast.Tuple) and not any(
        isinstance(item, ast.Starred) for item in node.elts
    ):
        yield from (flow.in_caller(item) for item in node.elts)
    elif not (isinstance(held, Tuple) and not held.elements):
        yield value


def resolved(flow: Flow, loader: Loader, model: Model | None) -> Loader:
    """A loader of names, with the path that they mean from `model` on."""
    if not loader.strings or loader.path is None:
        return loader
    path: tuple[Step, ...] = ()
    for name in loader.strings:
        relationship = model.relationships.get(name) if model else None
        if model is None or relationship is None:
            return replace(loader, path=None)
        path = (*path, Step(model, relationship))
        model = flow.index.model(relationship.target) if relationship.target else None
    return replace(loader, path=(*path, *(loader.path or ())), strings=())


def loader_method(node: ast.Call, receiver: Loader, name: str, arguments: list[Value]) -> Value:
    """A method of a loader option."""
    if name == "options":
        branches = tuple(value for value in arguments if isinstance(value, Loader))
        return replace(receiver, node=node, branches=(*receiver.branches, *branches))
    if name in names.LOADERS:
        return loader(node, name, arguments, receiver)
    return replace(receiver, node=node, path=None)
