"""Calls of packages that touch neither the session nor a row."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from codemods.facts import symbols
from codemods.orm import names
from codemods.orm.definitions import rebound
from codemods.orm.events import Act
from codemods.orm.values import (
    ANYTHING,
    OUTSIDE,
    Items,
    ModelClass,
    Symbol,
    Tuple,
    Value,
)

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Program

_PURE_PREFIXES = tuple(f"{module}." for module in names.PURE_MODULES)
_PREFIXES = tuple(f"{module}." for module in names.DATA_MODULES)
_VALUE_PREFIXES = tuple(f"{module}." for module in names.VALUE_MODULES)


def is_pure(flow: Flow, full_name: str) -> bool:
    """True for functions that can neither reach a session nor change a row."""
    if full_name.startswith(_PURE_PREFIXES):
        return full_name.split(".")[-1] not in names.OF_INSTANCES
    if full_name in names.PURE_MODULES:
        return True
    return is_logger(flow, full_name)


def is_logger(flow: Flow, full_name: str) -> bool:
    owner, _, name = full_name.rpartition(".")
    return name in names.LOGGER_METHODS and owner.rpartition(".")[2] in names.LOGGER_NAMES


def is_known(flow: Flow, full_name: str) -> bool:
    """True for functions that do something elsewhere if they get only data, or give something else
    each time; False where the project has a module by the package's name."""
    known = full_name.startswith(_PREFIXES) or full_name in names.DATA_MODULES
    return known and not _is_own(flow, Symbol(full_name))


def is_plain_variable(flow: Flow, full_name: str) -> bool:
    """True for a variable of a module that holds a pattern, a path or a number."""
    known = flow.program.one(_nothing)
    if full_name not in known:
        known[full_name] = _is_plain_variable(flow, full_name)
    return known[full_name]


def _nothing(program: Program) -> dict[str, bool]:
    return {}


def _is_plain_variable(flow: Flow, full_name: str) -> bool:
    held = flow.index.value(full_name)
    module = flow.index.by_path.get(held.place.path) if held is not None else None
    if held is None or module is None:
        return False
    if full_name.rpartition(".")[2] in rebound(flow.program.source(module.path).text):
        return False
    match held.value:
        case symbols.Call(callee=symbols.Name(dotted=dotted)):
            maker = flow.index.resolve(module, dotted)
            return maker is not None and maker.startswith(_VALUE_PREFIXES)
    return False


def may_keep(flow: Flow, owner: ast.expr, value: Value) -> None:
    """Forget that a client or a file touches no session once it is handed what may have one."""
    while isinstance(owner, ast.Attribute | ast.Subscript | ast.Call):
        owner = owner.func if isinstance(owner, ast.Call) else owner.value
    if isinstance(owner, ast.Name) and (value.tainted or _is_own(flow, value)):
        flow.env[owner.id] = ANYTHING


def called(flow: Flow, node: ast.Call, full_name: str | None = None) -> Value:
    """What such a call gives; records that it happens."""
    flow.effect(Act.OUTSIDE, node, callee=full_name or ast.unparse(node.func))
    return OUTSIDE


def gets_data(flow: Flow, node: ast.Call, arguments: Sequence[Value]) -> bool:
    """True for a call that is given no row and no session, nor a function that may have one."""
    values = [*arguments, *(flow.keywords.get(k.value, ANYTHING) for k in node.keywords)]
    return are_data(flow, values)


def are_data(flow: Flow, values: Iterable[Value]) -> bool:
    """True if none of the values is or has a row or a session, or is a function that may."""
    return not any(value.tainted or _is_own(flow, value) for value in values)


def _is_own(flow: Flow, value: Value) -> bool:
    """True for a function or class of the project."""
    match value:
        case Symbol(full_name=name):
            return flow.index.function(name) is not None or flow.index.class_(name) is not None
        case Items(element=element, mapped=mapped):
            return _is_own(flow, element) or (mapped is not None and _is_own(flow, mapped))
        case Tuple(elements=elements):
            return any(_is_own(flow, element) for element in elements)
    return isinstance(value, ModelClass)
