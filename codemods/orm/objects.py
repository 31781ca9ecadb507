"""Objects of the project's own classes: repositories, services, whatever holds a session."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from codemods.facts import symbols
from codemods.orm import assignments, callees, choices, held_functions, ports, protocols
from codemods.orm.events import Act
from codemods.orm.instances import Instance, Super
from codemods.orm.values import (
    ANYTHING,
    Bound,
    Items,
    ModelClass,
    Nothing,
    Origin,
    Plain,
    Result,
    Row,
    Session,
    Symbol,
    Tuple,
    Value,
    join,
)

if TYPE_CHECKING:
    from codemods.facts.values import FunctionFacts, ModuleFacts
    from codemods.orm.flow import Flow

_HELD = symbols.Call | symbols.Pairs | symbols.Items
# Stands for a call that is nowhere in the code.
_HERE = ast.Pass()
_PROPERTIES = ("property", "reify")


def is_known(flow: Flow, full_name: str) -> bool:
    """True for a class of the project whose objects can be followed."""
    index = flow.index
    return index.class_(full_name) is not None and index.model(full_name) is None


def is_class(flow: Flow, value: Value) -> bool:
    """True for a class of the project itself, which is true."""
    return isinstance(value, Symbol) and flow.index.class_(value.full_name) is not None


def annotated(flow: Flow, full_name: str, argument: Value | None = None) -> Value:
    """What a parameter is that is annotated with a class; `argument` stands in its brackets."""
    if not is_known(flow, full_name):
        return ANYTHING
    canonical = flow.index.canonical(full_name)
    found = ports.behind(flow.program, canonical)
    port = canonical.rpartition(".")[2] if found != canonical else None
    return replace(unknown_instance(flow, found), argument=argument, port=port)


def unknown_instance(flow: Flow, full_name: str) -> Instance:
    """An object that was made elsewhere: what `__init__` says of its parameters holds, and what
    `__enter__` makes."""
    return Instance(full_name, _fields(flow, full_name), exact=False)


def _fields(flow: Flow, full_name: str) -> dict[str, Value]:
    """What the methods assign that make an object, where nothing is known of their arguments but
    their annotations."""
    known = flow.program.fields
    if full_name not in known:
        known[full_name] = {}
        made = Instance(full_name)
        for name in assignments.MAKING:
            facts = flow.index.function(f"{full_name}.{name}")
            code = flow.program.code(facts) if facts is not None and facts.owner else None
            if code is not None:
                callees.enter(flow.apart(code), _HERE, code, callees.Arguments(open=True), made)
        if made.fields:
            later = assignments.ever(flow, full_name, made.fields)
            known[full_name] = {
                name: _of_others(_narrowed(flow, made, name, value))
                for name, value in made.fields.items()
                if name not in later or isinstance(value, Session)
            }
    return dict(known[full_name])


def _narrowed(flow: Flow, owner: Instance, name: str, value: Value) -> Value:
    """What an attribute holds where the class declares it as one of a subclass of what its base
    class takes: `repository: OrderRepository`."""
    if not isinstance(value, Instance) or value.exact:
        return value
    declared = class_value(flow, owner.full_name, name, owner.argument)
    if isinstance(declared, Instance) and value.full_name in flow.index.bases(declared.full_name):
        return declared
    return value


def _of_others(value: Value) -> Value:
    """A value without the queries of another walk that it came from, and without what it is at
    first only."""
    match value:
        case Plain():
            return _at_any_time(value)
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


def _at_any_time(value: Value) -> Value:
    """What an attribute holds that begins with this value, and may be assigned meanwhile."""
    match value:
        case Plain(constant=None):
            return ANYTHING
        case Plain(kind=kind, constant=constant) if constant is not ...:
            return Plain(kind)
    return value


def followed(flow: Flow, canonical: str) -> bool:
    """True for a class whose objects are made by its `__init__`, or without one."""
    bases = (canonical, *flow.index.bases(canonical))
    if not is_known(flow, canonical) or "" in bases:
        return False
    return not any(_made_otherwise(flow, base) for base in bases)


def _made_otherwise(flow: Flow, full_name: str) -> bool:
    """True for a class that says itself how its objects are made."""
    item = flow.index.class_(full_name)
    return item is not None and ("__new__" in item.methods or "metaclass" in dict(item.keywords))


def attribute(flow: Flow, node: ast.expr, owner: Instance, name: str) -> Value:
    """`service.name`."""
    if name == "__dict__":
        forget(flow, owner)
    value = _attribute(flow, node, owner, name)
    if owner.port is not None and isinstance(value, Instance) and value.port is None:
        return replace(value, port=owner.port)
    return value


def _attribute(flow: Flow, node: ast.expr, owner: Instance, name: str) -> Value:
    if name in owner.fields:
        own = owner.fields[name]
        return _at_any_time(own) if flow.loops else own
    found = class_member(flow, owner.full_name, name)
    if found is not None:
        if any(kind.endswith(_PROPERTIES) for kind in found.decorators):
            arguments = callees.Arguments()
            value = callees.invoke(flow, node, found, arguments, owner)
            return ANYTHING if value is None else value
        return Bound(owner, name)
    if flow.index.may_be_given(owner.full_name, name):
        return promised(flow, owner, name)
    held = class_value(flow, owner.full_name, name, owner.argument)
    if held is not None:
        return ANYTHING if not owner.exact and _may_differ(flow, owner, name, held) else held
    found_by = protocols.used(flow, node, owner, "__getattr__", "__getattribute__")
    return ANYTHING if found_by is None else found_by


def _may_differ(flow: Flow, owner: Instance, name: str, held: Value) -> bool:
    """True if an object made elsewhere may have another value than its class."""
    if flow.index.overridden(owner.full_name, name):
        return True
    return isinstance(held, ModelClass) and name in assignments.ever(flow, owner.full_name)


def class_value(
    flow: Flow, full_name: str, name: str, argument: Value | None = None
) -> Value | None:
    """What an attribute of a class holds, or promises to its objects; None without one."""
    assigned = flow.index.value(f"{full_name}.{name}")
    module = flow.index.by_path.get(assigned.place.path) if assigned is not None else None
    if assigned is None or module is None:
        return None
    if assigned.value is not None:
        value = of_symbol(flow, module, assigned.value)
        if isinstance(value, ModelClass) and assignments.outside(flow, name):
            return ANYTHING
        untold = value == ANYTHING or (isinstance(value, Plain) and value.constant is None)
        if not untold or assigned.annotation_text is None:
            return value if name.isupper() else _at_any_time(value)
    if assigned.annotation_text is not None:
        return _of_annotation(flow, module, full_name, assigned.annotation_text, argument)
    return None


def _of_annotation(
    flow: Flow, module: ModuleFacts, full_name: str, text: str, argument: Value | None
) -> Value:
    """What an annotation in a class says."""
    from codemods.orm import hints

    if _OF_ITS_CLASS.fullmatch(text):
        return argument or _argument(flow, full_name)
    plain = hints.plain_promise(flow, module, text)
    return hints.elsewhere(flow, module, text) if plain is None else plain


def class_attribute(flow: Flow, full_name: str, name: str) -> Value | None:
    """`cls.model` in a class method of a class that is not mapped; None if that says nothing."""
    if not is_known(flow, full_name):
        return None
    held = class_value(flow, full_name, name)
    if held is None or flow.index.overridden(full_name, name):
        return None
    return held if isinstance(held, ModelClass | Instance) else None


_OF_ITS_CLASS = re.compile(r"(typing\.)?[Tt]ype\[\w+\]")


def _argument(flow: Flow, full_name: str) -> Value:
    """The model in the brackets of `class Orders(Repository[Order])`."""
    for name in (full_name, *flow.index.bases(full_name)):
        item = flow.index.class_(name)
        module = flow.index.by_path.get(item.place.path) if item is not None else None
        for base in item.bases if item is not None and module is not None else ():
            match base:
                case symbols.Subscript(arguments=(symbols.Name() as given,)) if module is not None:
                    value = of_symbol(flow, module, given)
                    if isinstance(value, ModelClass):
                        return value
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


def set_attribute(flow: Flow, node: ast.expr, owner: Instance, name: str, value: Value) -> None:
    """`service.name = value`: an assignment that may be skipped adds what the name can be."""
    setter = class_member(flow, owner.full_name, f"{name}.setter")
    generic = class_member(flow, owner.full_name, "__setattr__")
    if (facts := setter or generic) is not None:
        given = (value,) if setter else (Plain("str", False, name), value)
        if callees.invoke(flow, node, facts, callees.Arguments(given), owner) is None:
            flow.effect(Act.CALL, node, callee=facts.qualname, target=owner)
        return
    hold(flow, owner, name, value)


def hold(flow: Flow, owner: Instance, name: str, value: Value) -> None:
    """An object has this under a name, whatever its class does where one is assigned."""
    if value == ANYTHING:
        value = promised(flow, owner, name)
    old = owner.fields.get(name)
    if old is None and flow.branches:
        old = class_value(flow, owner.full_name, name, owner.argument)
    sure = not flow.branches and not flow.loops
    owner.fields[name] = value if sure or old is None else join(old, value)


def forget(flow: Flow, owner: Instance) -> None:
    """From here on nothing is known of what an object holds, but of its methods."""
    for each in (owner.full_name, *flow.index.bases(owner.full_name)):
        item = flow.index.class_(each)
        owner.fields.update(dict.fromkeys(item.attributes if item is not None else (), ANYTHING))
    owner.fields.update(dict.fromkeys(owner.fields, ANYTHING))


def promised(flow: Flow, owner: Instance, name: str) -> Value:
    """What the class says of an attribute that is given something unknown: `session: Session`."""
    declared = flow.index.value(f"{owner.full_name}.{name}")
    module = flow.index.by_path.get(declared.place.path) if declared is not None else None
    if declared is None or module is None or declared.annotation_text is None:
        return ANYTHING
    return _of_annotation(flow, module, owner.full_name, declared.annotation_text, owner.argument)


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
        case symbols.Pairs(pairs=pairs):
            # anybody may put more into it
            held = [of_symbol(flow, module, value) for _, value in pairs]
            return Items(ANYTHING, "dict", held_functions.one_of(flow, held) or ANYTHING)
        case symbols.Items(kind="tuple", elements=elements) if all(map(_is_data, elements)):
            values = [of_symbol(flow, module, element) for element in elements]
            joined = reduce(join, values) if values else Nothing()
            return Items(choices.item_of(values, joined), "tuple", limit=len(values))
        case symbols.Items(kind="list" | "set" as kind, elements=elements):
            texts = [of_symbol(flow, module, item) for item in elements]
            if isinstance(element := choices.some_of(texts, ANYTHING), choices.OneOf):
                return Items(element, "list" if kind == "list" else "set")
    return ANYTHING


def _is_data(written: symbols.Symbol) -> bool:
    """True for a constant, and for a tuple of such."""
    if isinstance(written, symbols.Items):
        return written.kind == "tuple" and all(map(_is_data, written.elements))
    return isinstance(written, symbols.Constant)


def made_elsewhere(flow: Flow, module: ModuleFacts, full_name: str, call: symbols.Call) -> Value:
    """`crud = Crud(Order)` at module level."""
    canonical = flow.index.canonical(full_name)
    if not followed(flow, canonical):
        return ANYTHING
    facts = flow.index.function(f"{canonical}.__init__")
    code = flow.program.code(facts) if facts is not None else None
    made = Instance(canonical)
    if code is not None:
        values = [of_symbol(flow, module, item) for item in call.arguments]
        named = {key: of_symbol(flow, module, item) for key, item in call.keywords if key}
        arguments = callees.Arguments(tuple(values), named, call.open)
        callees.enter(flow.apart(code), _HERE, code, arguments, made)
    later = assignments.later(flow, canonical, made.fields)
    kept = {
        name: _of_others(value)
        for name, value in made.fields.items()
        if name not in later
        and not (isinstance(value, ModelClass) and assignments.outside(flow, name))
    }
    return replace(made, fields=kept)


def _as_promised(flow: Flow, module: ModuleFacts, text: str, found: Value) -> Value:
    """An object of the class that the annotation names, where what is assigned is none, or only
    hands on what it is asked for."""
    from codemods.orm import hints

    if isinstance(found, Instance) and class_member(flow, found.full_name, "__getattr__") is None:
        return found
    promised = hints.elsewhere(flow, module, text)
    return promised if isinstance(promised, Instance) else found


def module_value(flow: Flow, full_name: str) -> Value | None:
    """What a name of a module holds, where it is an object of one of the project's classes, a dict
    or a tuple."""
    known = flow.program.values
    if full_name not in known:
        known[full_name] = None
        value = flow.index.value(full_name)
        module = flow.index.by_path.get(value.place.path) if value is not None else None
        if value is not None and module is not None and full_name not in flow.index.factories:
            held = value.value if isinstance(value.value, _HELD) else None
            found = ANYTHING if held is None else of_symbol(flow, module, held)
            if value.annotation_text is not None:
                found = _as_promised(flow, module, value.annotation_text, found)
            known[full_name] = found if isinstance(found, Instance | Items) else None
    made = known[full_name]
    return replace(made, fields=dict(made.fields)) if isinstance(made, Instance) else made
