"""Runs renderers in the interpreter: what schemas and response models read is read here.

`call` is asked for every call before anything else is made of it, `at_return` for every value
that the function which is looked at returns.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.events import Act
from codemods.orm.frames import Code, Frame
from codemods.orm.instances import Instance
from codemods.orm.local_names import LocalNames
from codemods.orm.path_operations import PathOperations
from codemods.orm.query import Query
from codemods.orm.renderer import Renderer
from codemods.orm.serializing_calls import METHODS, Serialization, SerializingCalls
from codemods.orm.values import Items, Result, Row, Symbol, Tuple, Unknown, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Program
    from codemods.project.model import Model

_RENDERED = Unknown(plain=True)
_HOLD_ROWS = (Row, Items, Tuple, Query, Result)


class Rendering:
    """The renderers of a program, and what names mean in its functions."""

    def __init__(self, program: Program) -> None:
        self.calls = SerializingCalls(program.index, program.source)
        self.operations = PathOperations(self.calls)
        self._names: dict[Code, LocalNames] = {}
        self._codes: dict[Renderer, Code] = {}
        self._makes: dict[str, bool] = {}

    def names(self, code: Code) -> LocalNames:
        if code not in self._names:
            self._names[code] = self.calls.names(code.module, code.node, code.owner)
        return self._names[code]

    def makes(self, full_name: str) -> bool:
        """True for a class of schemas or models, and for `TypeAdapter`."""
        if full_name not in self._makes:
            calls = self.calls
            self._makes[full_name] = (
                full_name.endswith(".TypeAdapter")
                or calls.schemas.fields.is_schema(full_name)
                or bool(calls.models.fields.shapes.root(full_name))
            )
        return self._makes[full_name]

    def code(self, renderer: Renderer, around: Code) -> Code:
        if renderer not in self._codes:
            made = Code(around.module, around.trees, renderer.function, None, renderer)
            self._codes[renderer] = made
        return self._codes[renderer]


def of(program: Program) -> Rendering:
    """What is known of a program's renderers."""
    return program.one(Rendering)


def call(flow: Flow, node: ast.Call, arguments: list[Value]) -> Value | None:
    """What a call to a schema or a model reads and gives; None where it is no such call.

    Args:
        arguments: the values of its positional arguments.
    """
    if flow.code.renderer is not None:
        return None
    rendering = of(flow.program)
    if not _may_serialize(flow, rendering, node):
        return None
    names = rendering.names(flow.code)
    if _is_from_around(flow, names, node.func):
        return None
    if _is_vars(node) and names.resolve("vars") == "builtins.vars":
        if isinstance(arguments[0], Instance):
            return None
        flow.effect(Act.SHOW, node, target=arguments[0])
        return _RENDERED
    if rendering.calls.is_schema(node, names):
        return _RENDERED
    found = rendering.calls.of_call(node, names, _model(arguments))
    if not found and (held := _class_held(flow, node.func)) is not None:
        found = rendering.calls.by_class(node, held, names, _model(arguments))
    if not found:
        return None
    for item in found:
        _run(flow, node, item, _value(flow, node, arguments, item.argument))
    return _RENDERED


def _class_held(flow: Flow, func: ast.expr) -> str | None:
    """The full name of the class that a variable, or an attribute of the object, holds in
    `self.schema.model_validate(row)`."""
    match func:
        case ast.Attribute(value=ast.Name() | ast.Attribute(value=ast.Name()) as owner):
            value = flow.ev(owner)
            return value.full_name if isinstance(value, Symbol) else None
    return None


def _may_serialize(flow: Flow, rendering: Rendering, node: ast.Call) -> bool:
    func = node.func.value if isinstance(node.func, ast.Subscript) else node.func
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    if name in METHODS or name in _FUNCTIONS:
        return True
    dotted = dotted_name(func) if name[:1].isupper() else None
    full = flow.index.resolve_local(flow.module, dotted) if dotted is not None else None
    return full is not None and rendering.makes(full)


def _is_from_around(flow: Flow, names: LocalNames, func: ast.expr) -> bool:
    """True in a nested function for what a variable of the function around it holds."""
    if flow.code.facts is not None or isinstance(flow.code.node, ast.Module):
        return False
    while isinstance(func, ast.Attribute | ast.Subscript | ast.Call):
        func = func.func if isinstance(func, ast.Call) else func.value
    return isinstance(func, ast.Name) and func.id in flow.env and not names.binds(func.id)


_FUNCTIONS = frozenset({"jsonable_encoder", "parse_obj_as", "vars"})


def _is_vars(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "vars" and len(node.args) == 1


def at_return(flow: Flow, node: ast.Return, value: Value) -> None:
    """What FastAPI reads of the value that a path operation returns."""
    facts = flow.code.facts
    if facts is None or node.value is None or not facts.decorations or flow.frame is not flow.root:
        return
    rendering = of(flow.program)
    names = rendering.names(flow.code)
    if not rendering.operations.is_operation(facts, flow.module) or _left_first(flow, node):
        return
    for item in rendering.operations.of_return(facts, node.value, names, _model([value])):
        argument = value if item.argument is node.value else _again(flow, item.argument)
        _run(flow, node, item, argument)


def _left_first(flow: Flow, node: ast.Return) -> bool:
    """True if the result is used after a `with` or `finally` around this `return` has ended."""
    assert not isinstance(flow.code.node, ast.Module)
    around = (
        outer
        for outer in walk(flow.code.node)
        if isinstance(outer, ast.With | ast.AsyncWith)
        or (isinstance(outer, ast.Try) and outer.finalbody)
    )
    return any(inner is node for outer in around for inner in walk(outer))


def _value(flow: Flow, node: ast.Call, arguments: list[Value], argument: ast.expr) -> Value:
    """The value of an argument of a call, which has been evaluated."""
    for item, value in zip(node.args, arguments, strict=False):
        if item is argument:
            return value
    for keyword in node.keywords:
        if keyword.value is argument:
            return flow.keywords.get(argument, _RENDERED)
    return _again(flow, argument)


def _again(flow: Flow, argument: ast.expr) -> Value:
    """The value of an expression that has been evaluated, where asking again does nothing."""
    return flow.ev(argument) if isinstance(argument, ast.Name) else _RENDERED


def _displayed(flow: Flow, node: ast.expr) -> Iterator[Value]:
    """The values of the variables in a dict, list or tuple display."""
    match node:
        case ast.Name():
            yield flow.ev(node)
        case ast.Dict(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from _displayed(flow, part)


def _run(flow: Flow, node: ast.expr | ast.stmt, item: Serialization, value: Value) -> None:
    """Walk a renderer's function with what it is given."""
    renderer = item.renderer
    if renderer.shows_loaded:
        for shown in (value, *_displayed(flow, item.argument)):
            flow.effect(Act.SHOW, node, target=shown)
        return
    if not isinstance(value, _HOLD_ROWS) and not value.tainted:
        return
    code = of(flow.program).code(renderer, flow.code)
    flow.program.adopt(code)
    with flow.entering(Frame(code, flow.frame, node)):
        for name, full_name in renderer.names.items():
            flow.env[name] = flow.named(full_name)
        for name, full_name in renderer.instances.items():
            flow.env[name] = Instance(full_name)
        flow.env[renderer.function.args.args[0].arg] = value
        flow.block(renderer.function.body)


def _model(values: list[Value]) -> Model | None:
    """The mapped class of the rows that a value holds."""
    return next((row.model for value in values[:1] for row in _rows(value)), None)


def _rows(value: Value) -> Iterator[Row]:
    match value:
        case Row():
            yield value
        case Items(element=Row() as row):
            yield row
        case Items(mapped=Row() as row):
            yield row
