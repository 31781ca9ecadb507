"""What a call of one of the project's own classes makes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm import callees
from codemods.orm.instances import Instance
from codemods.orm.objects import class_member, class_value, followed, promised
from codemods.orm.values import ANYTHING, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.project.records import Parameters

_BARE = frozenset({"builtins.object", "typing.Generic", "typing.Protocol", "abc.ABC"})
_AFTER = ("__post_init__", "__attrs_post_init__")


def construct(flow: Flow, node: ast.Call, full_name: str, arguments: list[Value]) -> Value | None:
    """`OrderRepository(session)`; None where the class cannot be followed."""
    canonical = flow.index.canonical(full_name)
    if not followed(flow, canonical):
        return None
    facts = flow.index.function(f"{canonical}.__init__")
    made = Instance(canonical)
    given = callees.given(flow, node, arguments)
    if facts is None:
        taken = flow.index.record_parameters(canonical)
        if taken is not None and _matters(flow, canonical):
            return _record(flow, node, made, taken, given)
        return made if _is_bare(flow, canonical) else None
    return None if callees.invoke(flow, node, facts, given, made) is None else made


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
    if class_member(flow, made.full_name, "__setattr__") is not None:
        return None
    first = (each.name for each in taken.positional)
    values = dict(zip(first, given.positional, strict=False)) | dict(given.named)
    for each in (*taken.positional, *taken.named):
        value = values.get(each.name)
        if value is None:
            value = class_value(flow, made.full_name, each.name) or ANYTHING
        elif value == ANYTHING:
            value = promised(flow, made, each.name)
        made.fields[each.name] = value
    for name in _AFTER:
        facts = flow.index.function(f"{made.full_name}.{name}")
        if facts is not None and (
            callees.invoke(flow, node, facts, callees.Arguments(shown=False), made) is None
        ):
            return None
    return made


def _matters(flow: Flow, full_name: str) -> bool:
    """True for a class whose methods ask queries or read relationships."""
    classes = (flow.index.class_(name) for name in (full_name, *flow.index.bases(full_name)))
    methods = (method for item in classes if item is not None for method in item.methods.values())
    return any(map(flow.program.reach.touches, methods))


def _is_bare(flow: Flow, full_name: str) -> bool:
    """True for a class without a constructor, whose methods ask queries or read relationships."""
    for name in (full_name, *flow.index.bases(full_name)):
        item = flow.index.class_(name)
        if item.decorators if item is not None else name not in _BARE:
            return False
    return _matters(flow, full_name)
