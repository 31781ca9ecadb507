"""Objects of the project's own classes: repositories, services, whatever holds a session."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts import symbols
from codemods.orm import callees, protocols
from codemods.orm.events import Act
from codemods.orm.instances import Instance, Super
from codemods.orm.values import (
    ANYTHING,
    Bound,
    Items,
    ModelClass,
    Origin,
    Plain,
    Result,
    Row,
    Symbol,
    Tuple,
    Value,
    join,
)

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.orm.flow import Flow

# Stands for a call that is nowhere in the code.
_HERE = ast.Pass()
_PROPERTIES = ("property", "reify")


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
            known[full_name] = {name: _of_others(value) for name, value in made.fields.items()}
    return dict(known[full_name])


def _of_others(value: Value) -> Value:
    """A value without the queries of another walk that it came from."""
    match value:
        case Row():
            return replace(value, origins=(Origin(None),))
        case Items(element=element, mapped=mapped):
            inner = None if mapped is None else _of_others(mapped)
            return replace(value, element=_of_others(element), mapped=inner, run=None)
        case Tuple(elements=elements):
            return replace(value, elements=tuple(map(_of_others, elements)))
        case Result():
            return ANYTHING
    return value


def construct(flow: Flow, node: ast.Call, full_name: str, arguments: list[Value]) -> Value | None:
    """`OrderRepository(session)`; None where the class cannot be followed."""
    canonical = flow.index.canonical(full_name)
    if not is_known(flow, canonical) or flow.index.is_plain_class(canonical):
        return None
    bases = (canonical, *flow.index.bases(canonical))
    if "" in bases or any(_made_otherwise(flow, base) for base in bases):
        return None
    facts = flow.index.function(f"{canonical}.__init__")
    if facts is None:
        return None
    made = Instance(canonical)
    if callees.invoke(flow, node, facts, callees.given(flow, node, arguments), made) is None:
        return None
    return made


def _made_otherwise(flow: Flow, full_name: str) -> bool:
    """True for a class that says itself how its objects are made."""
    item = flow.index.class_(full_name)
    return item is not None and ("__new__" in item.methods or "metaclass" in dict(item.keywords))


def attribute(flow: Flow, node: ast.expr, owner: Instance, name: str) -> Value:
    """`service.name`."""
    if name in owner.fields:
        return owner.fields[name]
    found = class_member(flow, owner.full_name, name)
    if found is not None:
        if any(kind.endswith(_PROPERTIES) for kind in found.decorators):
            arguments = callees.Arguments()
            value = callees.invoke(flow, node, found, arguments, owner)
            return ANYTHING if value is None else value
        return Bound(owner, name)
    assigned = flow.index.value(f"{owner.full_name}.{name}")
    module = flow.index.by_path.get(assigned.place.path) if assigned is not None else None
    if assigned is not None and module is not None:
        if assigned.annotation_text is not None:
            from codemods.orm import hints

            promised = hints.plain_promise(flow, module, assigned.annotation_text)
            if promised is not None:
                return promised
        if assigned.value is not None:
            return of_symbol(flow, module, assigned.value)
    value = protocols.used(flow, node, owner, "__getattr__", "__getattribute__")
    return ANYTHING if value is None else value


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


def set_attribute(flow: Flow, node: ast.expr, owner: Instance, name: str, value: Value) -> None:
    """`service.name = value`: an assignment that may be skipped adds what the name can be."""
    setter = class_member(flow, owner.full_name, f"{name}.setter")
    generic = class_member(flow, owner.full_name, "__setattr__")
    if (facts := setter or generic) is not None:
        given = (value,) if setter else (Plain("str", False, name), value)
        if callees.invoke(flow, node, facts, callees.Arguments(given), owner) is None:
            flow.effect(Act.CALL, node, callee=facts.qualname, target=owner)
        return
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
