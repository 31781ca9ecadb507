"""What a call of one of the project's own classes makes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm import callees, makers, objects, restless
from codemods.orm.instances import Instance
from codemods.orm.made_of import may_ask
from codemods.orm.values import ANYTHING, Tuple, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.project.records import Parameters

_BARE = frozenset({"builtins.object", "typing.Generic", "typing.Protocol", "abc.ABC"})
_AFTER = ("__post_init__", "__attrs_post_init__")
# Class methods of pydantic's models that make an object, as a call of the class does.
_MAKING = frozenset({
    "model_validate", "model_validate_json", "model_construct", "parse_obj", "parse_raw",
})  # fmt: skip


def construct(flow: Flow, node: ast.Call, full_name: str, arguments: list[Value]) -> Value | None:
    """`OrderRepository(session)`; None where the class cannot be followed."""
    owner, _, name = full_name.rpartition(".")
    called = owner if name in _MAKING and flow.index.class_(owner) is not None else full_name
    canonical = flow.index.canonical(called)
    if not objects.followed(flow, canonical):
        return None
    facts = flow.index.function(f"{canonical}.__init__")
    made = Instance(canonical)
    given = callees.given(flow, node, arguments)
    if called is owner:
        return makers.made(flow, node, canonical, given)
    if facts is None:
        if (names := flow.index.tuple_fields(canonical)) is not None:
            return _named_tuple(flow, canonical, names, given)
        taken = flow.index.record_parameters(canonical)
        if taken is not None and _matters(flow, canonical):
            return _record(flow, node, made, taken, given)
        if _is_bare(flow, canonical):
            return made
        plain = makers.made(flow, node, canonical, given)
        if plain is None and taken is not None and not _asks(flow, canonical):
            return _record(flow, node, made, taken, given)
        return plain
    return None if callees.invoke(flow, node, facts, given, made) is None else made


def _asks(flow: Flow, full_name: str) -> bool:
    """True if more than what is followed for a record may send a query."""
    return may_ask(flow, full_name, frozenset(f"{full_name}.{name}" for name in _AFTER))


def _record(
    flow: Flow,
    node: ast.Call,
    made: Instance,
    taken: Parameters,
    given: callees.Arguments,
) -> Instance | None:
    """An object of a dataclass: its fields hold what the call gives."""
    if given.open or len(given.positional) > len(taken.positional):
        return None
    if objects.class_member(flow, made.full_name, "__setattr__") is not None:
        return None
    first = (each.name for each in taken.positional)
    values = dict(zip(first, given.positional, strict=False)) | dict(given.named)
    for each in (*taken.positional, *taken.named):
        value = values.get(each.name)
        if value is None:
            value = objects.class_value(flow, made.full_name, each.name) or ANYTHING
        elif value == ANYTHING:
            value = objects.promised(flow, made, each.name)
        made.fields[each.name] = value
    for name in _AFTER:
        facts = flow.index.function(f"{made.full_name}.{name}")
        if facts is not None and (
            callees.invoke(flow, node, facts, callees.Arguments(shown=False), made) is None
        ):
            return None
    return made


def _named_tuple(
    flow: Flow, full_name: str, names: tuple[str, ...], given: callees.Arguments
) -> Tuple | None:
    """A named tuple: an element of each name, with what the call or the class gives."""
    if given.open or len(given.positional) > len(names):
        return None
    values = dict(zip(names, given.positional, strict=False)) | dict(given.named)
    held = (
        values.get(name) or objects.class_value(flow, full_name, name) or ANYTHING for name in names
    )
    return Tuple(tuple(held), names)


def _matters(flow: Flow, full_name: str) -> bool:
    """True for a class whose methods ask queries or read relationships, or with a property that
    changes something where it is read."""
    classes = (flow.index.class_(name) for name in (full_name, *flow.index.bases(full_name)))
    methods = [method for item in classes if item is not None for method in item.methods.values()]
    return any(map(flow.program.reach.touches, methods)) or any(
        restless.changes(flow.program, method) for method in methods if restless.is_property(method)
    )


def _is_bare(flow: Flow, full_name: str) -> bool:
    """True for a class without a constructor, whose methods ask queries or read relationships."""
    for name in (full_name, *flow.index.bases(full_name)):
        item = flow.index.class_(name)
        if item.decorators if item is not None else name not in _BARE:
            return False
    return _matters(flow, full_name)
