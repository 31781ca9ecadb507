"""Properties that give something else each time they are read, or change what they belong to."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import callees, objects
from codemods.orm.key_loops import MUTATORS
from codemods.orm.stateful import VOLATILE
from codemods.orm.values import ANYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codemods.facts.values import FunctionFacts
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Program
    from codemods.orm.values import Unknown, Value

_PROPERTIES = frozenset({"property", "reify"})


def is_property(method: FunctionFacts) -> bool:
    return any(callees.last(name) in _PROPERTIES for name in method.decorators)


def changes(program: Program, method: FunctionFacts) -> bool:
    """True for a function that assigns to what outlives it, puts something into it, takes the next
    of it, or reads a clock."""
    code = program.code(method)
    for node in walk(code.node) if code is not None else ():
        match node:
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Global():
                return True
            case ast.Subscript(ctx=ast.Store() | ast.Del()):
                return True
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                if name in VOLATILE or name in MUTATORS:
                    return True
    return False


def read(flow: Flow, node: ast.expr, owner: Unknown, name: str) -> Value:
    """An attribute of an object of which nothing is known: where a class of the project has a
    property of that name which changes the object with each reading, that happens."""
    known = flow.program.one(_restless)
    if name not in known:
        known[name] = tuple(_classes(flow.program, name))
    for full_name in known[name]:
        objects.attribute(flow, node, objects.unknown_instance(flow, full_name), name)
    return owner if owner.plain else ANYTHING


def _restless(program: Program) -> dict[str, tuple[str, ...]]:
    return {}


def _classes(program: Program, name: str) -> Iterator[str]:
    """The classes with such a property that are no models; one that asks queries is not guessed."""
    for method in program.index.methods_named(name):
        owner = method.full_name.rpartition(".")[0]
        if not is_property(method) or program.index.model(owner) is not None:
            continue
        if not program.reach.touches(method) and _changes_again(program, method):
            yield owner


def _changes_again(program: Program, method: FunctionFacts) -> bool:
    """True for a function that changes something each time; one that keeps its answer in an
    attribute does so once."""
    code = program.code(method)
    for node in walk(code.node) if code is not None else ():
        match node:
            case ast.AugAssign(target=ast.Attribute() | ast.Subscript()) | ast.Global():
                return True
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=value) if any(
                isinstance(each, ast.Attribute) and each.attr == name for each in walk(value)
            ):
                return True
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in VOLATILE:
                return True
            case ast.Call(func=ast.Attribute(value=ast.Attribute(), attr=name)):
                if name in MUTATORS:
                    return True
    return False
