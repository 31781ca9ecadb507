"""Functions that call themselves: one that only reads does no more further down, either."""

from __future__ import annotations

import ast
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.orm.events import Act, Again, ColumnRead, Effect, Exit, Read
from codemods.orm.instances import Instance
from codemods.orm.values import Cell, Items, Plain, Row, Tuple, Unknown, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Code, Frame

Given = Sequence[tuple[Hashable, Value]]


def turns_back(flow: Flow, code: Code, node: ast.expr, given: Given) -> bool:
    """True for a call of a function that runs already, which is not walked once more.

    Args:
        node: the call.
        given: what it hands over, by position or name.
    """
    running = next((f for f in flow.frame.chain if f.code.node is code.node), None)
    if running is None:
        return False
    flow.recursions.append(running)
    awaited = not isinstance(code.node, ast.AsyncFunctionDef) or flow.awaiting is node
    if awaited and _alike(running.given, given):
        running.again.add(node)
    return True


def settle(flow: Flow, frame: Frame) -> None:
    """Take the calls by which a function has called itself for what they are, where all that it does
    besides is to read: they read rows of the same kind."""
    events = flow.events[frame.first :]
    own = [
        e for e in events if isinstance(e, Effect) and e.act is Act.CALL and e.node in frame.again
    ]
    if all(isinstance(event, Read | ColumnRead | Exit | Again) or event in own for event in events):
        for effect in own:
            placed = {name: getattr(effect, name) for name in _PLACED}
            flow.events[effect.index] = Again(**placed)


_PLACED = tuple(Again.__dataclass_fields__)


def _alike(outer: Given, inner: Given) -> bool:
    """True for arguments with which a function does the same."""
    named = dict(outer)
    return len(outer) == len(inner) and all(
        name in named and _is_like(named[name], _there(value) if name == "" else value)
        for name, value in inner
    )


def _there(value: Value) -> Value:
    """What a method is called on."""
    return replace(value, optional=False) if isinstance(value, Row) else value


def _is_like(outer: Value, inner: Value) -> bool:
    """True for a value for which no other branch is taken; what is done for None is not seen where
    there is none."""
    match outer, inner:
        case Row(model=model, optional=optional), Row(model=other):
            return model is other and (optional or not inner.optional)
        case Plain(constant=constant, optional=optional), Plain(constant=other):
            return (constant is ... or constant == other) and (optional or not inner.optional)
        case Plain(constant=constant, optional=optional), Cell() | Unknown(plain=True):
            return constant is ... and optional
        case Items(element=element, kind=kind), Items(element=other, kind=again):
            return kind == again and outer.mapped == inner.mapped and _is_like(element, other)
        case Tuple(elements=elements), Tuple(elements=others):
            pairs = zip(elements, others, strict=False)
            return len(elements) == len(others) and all(_is_like(a, b) for a, b in pairs)
        case Instance(), _:
            return False
    return outer == inner
