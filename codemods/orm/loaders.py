"""Loader options: `selectinload(Order.lines)` and what is chained on it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm import names
from codemods.orm.definitions import rebound
from codemods.orm.frames import Code
from codemods.orm.query import Loader, Loaders
from codemods.orm.values import Plain, RelationshipRef, Step, Symbol, Tuple, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Frame, Program
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
    """What `options()` is called with: `*options` is what the caller hands in, if that is seen, and
    a variable of a module what the module puts into it."""
    for value, node in arguments:
        match node:
            case ast.Starred(value=ast.Name(id=name)) if flow.frame.hands_on(name):
                yield from handed(flow, name, value)
            case ast.Starred() if isinstance(value, Loaders):
                yield from value.each
            case ast.Starred(value=ast.Name() | ast.Attribute() as read):
                yield from kept(flow, read) or (value,)
            case ast.Name() | ast.Attribute() if isinstance(value, Symbol):
                yield from kept(flow, node) or (value,)
            case _:
                yield value


def of_get(flow: Flow, node: ast.Call, model: Model) -> tuple[Loader | None, ...]:
    """The `options` of `session.get(Order, key, options=[…])`; None for what is not understood."""
    options = next((k.value for k in node.keywords if k.arg == "options"), None)
    items = options.elts if isinstance(options, ast.List | ast.Tuple) else [options]
    values = [flow.ev(item) for item in items if item is not None]
    return tuple(resolved(flow, v, model) if isinstance(v, Loader) else None for v in values)


def kept(flow: Flow, read: ast.Name | ast.Attribute) -> tuple[Value, ...]:
    """The options in a variable that a module assigns once; none where it is anything else."""
    meant = flow.lookup(dotted_name(read) or "")
    if not isinstance(meant, Symbol):
        return ()
    known = flow.program.one(_none_kept)
    if meant.full_name not in known:
        known[meant.full_name] = ()
        known[meant.full_name] = tuple(_kept(flow, meant.full_name))
    return known[meant.full_name]


def _none_kept(program: Program) -> dict[str, tuple[Value, ...]]:
    return {}


def _kept(flow: Flow, full_name: str) -> Iterator[Value]:
    value = flow.index.value(full_name)
    module = flow.index.by_path.get(value.place.path) if value is not None else None
    owner, _, name = full_name.rpartition(".")
    if value is None or module is None or module.module != owner:
        return
    trees = flow.program.trees(module.path)
    made = [
        statement.value
        for statement in trees.whole.body
        if isinstance(statement, ast.Assign | ast.AnnAssign) and name in _bound(statement)
    ]
    if len(made) != 1 or made[0] is None or name in rebound(trees.source.text):
        return
    if isinstance(made[0], ast.List) and any(_changes(node, name) for node in walk(trees.whole)):
        return
    code = Code(module, trees, trees.whole)
    flow.program.adopt(code, made[0])
    apart = flow.apart(code)
    items = made[0].elts if isinstance(made[0], ast.List | ast.Tuple) else [made[0]]
    found = [apart.ev(item) for item in items]
    if all(isinstance(each, Loader) for each in found):
        yield from found


def _changes(node: ast.AST, name: str) -> bool:
    """True for `OPTIONS.append(…)` and `OPTIONS += …`."""
    match node:
        case ast.Attribute(value=ast.Name(id=own)) | ast.AugAssign(target=ast.Name(id=own)):
            return own == name
    return False


def _bound(statement: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def handed(flow: Flow, name: str, value: Value) -> Iterator[Value]:
    """The options in the parameter `name`, one by one, whoever has handed them on."""
    held, frame = flow.env.get(name), flow.frame
    while (inner := _handed_on(frame, name)) is not None and frame.caller is not None:
        frame, name = frame.caller, inner
    node, rest = frame.argument(name), frame.rest(name)
    if rest is not None:
        yield from (flow.given_to(frame, item) for item in rest)
    elif isinstance(node, ast.List | ast.Tuple) and not any(
        isinstance(item, ast.Starred) for item in node.elts
    ):
        yield from (flow.given_to(frame, item) for item in node.elts)
    elif not (isinstance(held, Tuple) and not held.elements):
        yield value


def _handed_on(frame: Frame, name: str) -> str | None:
    """The parameter of the caller that it hands on as the parameter `name`."""
    match frame.argument(name):
        case ast.Name(id=given) if frame.caller is not None and frame.caller.hands_on(given):
            return given
    return None


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
        given = zip(arguments, node.args, strict=False)
        branches = tuple(_branch(value, item) for value, item in given)
        return replace(receiver, node=node, branches=(*receiver.branches, *branches))
    if name in names.LOADERS:
        return loader(node, name, arguments, receiver)
    return replace(receiver, node=node, path=None)


def _branch(value: Value, item: ast.expr) -> Loader:
    """A nested option; its path is None where it may be any."""
    if isinstance(value, Loader) and not value.strings:
        return value
    return Loader(item, None, value.strategies if isinstance(value, Loader) else ())
