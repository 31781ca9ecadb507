"""Functions that a loop calls, and whether one could tell if the session has flushed before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.orm.events import Act, Effect, Loop, Run
from codemods.orm.instances import Instance
from codemods.orm.keys import loaded_names
from codemods.orm.query import Aggregate, Query
from codemods.orm.values import Items, Row, Tuple, Unknown, Value

if TYPE_CHECKING:
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope

_ASKS = frozenset({Act.CALL, Act.SQL, Act.DML, Act.ADD, Act.DELETE, Act.SET, Act.APPEND})


def may_tell(scope: Scope, loop: Loop, lookup: Run) -> Frame | None:
    """A function that the loop calls and that may need what the flush of `lookup` makes.

    What gets only data, sessions and rows that a query has found, writes nothing, and asks by
    queries that flush themselves, finds the same without it.
    """
    for frame in scope.flow.frames:
        if frame.caller is None or loop not in frame.loops:
            continue
        if any(map(_may_be_new, _handed(scope, frame))):
            return frame
        if any(_depends(event, lookup) for event in _events(scope, frame)):
            return frame
    return None


def _handed(scope: Scope, frame: Frame) -> Iterator[Value]:
    """What the variables hold, in a later round as well, that the call names, or a function
    inside of this one."""
    env = scope.flow.env
    if frame.caller is scope.flow.root and frame.call is not None:
        yield from (env[name] for name in loaded_names(frame.call) if name in env)


def _may_be_new(value: Value, depth: int = 0) -> bool:
    """True for what may be, or hold, an object that is not stored yet."""
    match value:
        case Row(new=new):
            return new
        case Items(element=element, mapped=mapped):
            held = (element,) if mapped is None else (element, mapped)
            return any(_may_be_new(each, depth) for each in held)
        case Tuple(elements=elements):
            return any(_may_be_new(each, depth) for each in elements)
        case Instance(fields=fields):
            return depth > 2 or any(_may_be_new(each, depth + 1) for each in fields.values())
        case Unknown(plain=plain):
            return not plain
    return False


def _events(scope: Scope, frame: Frame) -> Iterator[Run | Effect]:
    for event in scope.events[frame.first : (frame.last or frame.first) + 1]:
        if isinstance(event, Run | Effect) and frame in event.frame.chain:
            yield event


def _depends(event: Run | Effect, lookup: Run) -> bool:
    if isinstance(event, Effect):
        return event.act in _ASKS
    return event.node is not lookup.node and not _flushes(event.query)


def _flushes(query: Query) -> bool:
    """True for a form of query that writes pending objects on every version."""
    if query.style == "legacy":
        return True
    match query.entities:
        case [entity, *_] if isinstance(entity.value, Aggregate):
            return entity.value.argument is not None or query.has("select_from") is not None
        case [entity, *_]:
            return entity.model is not None
    return False
