"""Objects of the project's own classes: repositories, services, whatever holds a session."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts import symbols
from codemods.orm import callees
from codemods.orm.instances import Instance, Super
from codemods.orm.values import (
    ANYTHING,
    Bound,
    ModelClass,
    Plain,
    Row,
    Symbol,
    Value,
    join,
)

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.orm.flow import Flow

# Stands for a call that is nowhere in the code.
_HERE = ast.Pass()
_PROPERTIES = ("property", "cached_property", "functools.cached_property")


def is_known(flow: Flow, full_name: str) -> bool:
    """True for a class of the project whose objects can be followed."""
    index = flow.index
    return index.class_(full_name) is not None and index.model(full_name) is None


def annotated(flow: Flow, full_name: str) -> Value:
    """What a parameter is that is annotated with a class."""
    if not is_known(flow, full_name):
        return ANYTHING
    return unknown_instance(flow, flow.index.canonical(full_name))


def unknown_instance(flow: Flow, full_name: str) -> Instance:
    """An object that was made elsewhere: what `__init__` says of its parameters holds."""
    return Instance(full_name, _fields(flow, full_name), exact=False)


def _fields(flow: Flow, full_name: str) -> dict[str, Value]:
    """What `__init__` assigns, where nothing is known of its arguments but their annotations."""
    known = flow.program.fields
    if full_name not in known:
        known[full_name] = {}
        facts = flow.index.function(f"{full_name}.__init__")
        code = flow.program.code(facts) if facts is not None else None
        if code is not None:
            made = Instance(full_name)
            callees.enter(flow.apart(code), _HERE, code, callees.Arguments(open=True), made)
            known[full_name] = made.fields
    return dict(known[full_name])


def construct(flow: Flow, node: ast.Call, full_name: str, arguments: list[Value]) -> Value | None:
    """`OrderRepository(session)`; None where the class cannot be followed."""
    canonical = flow.index.canonical(full_name)
    if not is_known(flow, canonical) or flow.index.is_plain_class(canonical):
        return None
    if "" in flow.index.bases(canonical):
        return None
    facts = flow.index.function(f"{canonical}.__init__")
    if facts is None:
        return None
    made = Instance(canonical)
    if callees.invoke(flow, node, facts, callees.given(flow, node, arguments), made) is None:
        return None
    return made


def attribute(flow: Flow, node: ast.expr, owner: Instance, name: str) -> Value:
    """`service.name`."""
    if name in owner.fields:
        return owner.fields[name]
    found = class_member(flow, owner.full_name, name)
    if found is not None:
        if any(kind in found.decorators for kind in _PROPERTIES):
            arguments = callees.Arguments()
            value = callees.invoke(flow, node, found, arguments, owner)
            return ANYTHING if value is None else value
        return Bound(owner, name)
    assigned = flow.index.value(f"{owner.full_name}.{name}")
    if assigned is not None and assigned.value is not None:
        module = flow.index.by_path.get(assigned.place.path)
        if module is not None:
            return of_symbol(flow, module, assigned.value)
    return ANYTHING


def class_member(flow: Flow, full_name: str, name: str) -> FunctionFacts | None:
    """The method of a class, which may be inherited."""
    found = flow.index.function(f"{full_name}.{name}")
    return found if found is not None and found.owner is not None else None


def above(flow: Flow, owner: Super, name: str) -> FunctionFacts | None:
    """The method that `super().name` means."""
    start: tuple[str, ...] = (owner.owner,)
    match owner.receiver:
        case Instance(full_name=full_name):
            start = (full_name, *flow.index.bases(full_name))
        case Row(model=model) | ModelClass(model=model):
            start = (model.full_name, *flow.index.bases(model.full_name))
        case Symbol(full_name=full_name):
            start = (full_name, *flow.index.bases(full_name))
    after = start[start.index(owner.owner) + 1 :] if owner.owner in start else ()
    for base in after:
        item = flow.index.class_(base)
        if item is not None and name in item.methods:
            return item.methods[name]
    return None


def set_attribute(flow: Flow, owner: Instance, name: str, value: Value) -> None:
    """`service.name = value`: an assignment that may be skipped adds what the name can be."""
    frame, old = flow.frame, owner.fields.get(name)
    sure = (flow.branches, flow.loops) == (frame.branches, frame.loops)
    owner.fields[name] = value if sure or old is None else join(old, value)


def of_symbol(flow: Flow, module: ModuleFacts, written: symbols.Symbol) -> Value:
    """What an assignment at module or class level makes of a name."""
    match written:
        case symbols.Name(dotted=dotted):
            resolved = flow.index.resolve(module, dotted)
            return flow.named(resolved) if resolved else ANYTHING
        case symbols.Constant(value=value):
            return Plain(None if value is None else type(value).__name__, value is None, value)
        case symbols.Call(callee=symbols.Name(dotted=dotted)):
            resolved = flow.index.resolve(module, dotted)
            if resolved and is_known(flow, resolved):
                return made_elsewhere(flow, module, resolved, written)
    return ANYTHING


def made_elsewhere(flow: Flow, module: ModuleFacts, full_name: str, call: symbols.Call) -> Value:
    """`crud = Crud(Order)` at module level."""
    canonical = flow.index.canonical(full_name)
    facts = flow.index.function(f"{canonical}.__init__")
    code = flow.program.code(facts) if facts is not None else None
    made = Instance(canonical)
    if code is not None:
        values = [of_symbol(flow, module, item) for item in call.arguments]
        named = {key: of_symbol(flow, module, item) for key, item in call.keywords if key}
        arguments = callees.Arguments(tuple(values), named, call.open)
        callees.enter(flow.apart(code), _HERE, code, arguments, made)
    return made


def module_value(flow: Flow, full_name: str) -> Value | None:
    """The object that a name of a module holds, where it is one of the project's classes."""
    known = flow.program.values
    if full_name not in known:
        known[full_name] = None
        value = flow.index.value(full_name)
        if value is not None and isinstance(value.value, symbols.Call):
            module = flow.index.by_path.get(value.place.path)
            if module is not None and full_name not in flow.index.factories:
                found = of_symbol(flow, module, value.value)
                known[full_name] = found if isinstance(found, Instance) else None
    return known[full_name]
