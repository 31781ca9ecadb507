"""Functions that a loop calls, and whether one could tell if the session has flushed before."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.bindings import bound_otherwise
from codemods.orm.events import Act, Effect, Event, Loop, Run
from codemods.orm.instances import Instance
from codemods.orm.keys import loaded_names
from codemods.orm.new_rows import flushed_by
from codemods.orm.query import Aggregate, Query
from codemods.orm.sql import is_sql
from codemods.orm.values import Items, Plain, Row, Tuple, Unknown, Value

if TYPE_CHECKING:
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope

_ASKS = frozenset({Act.CALL, Act.SQL, Act.DML, Act.ADD, Act.DELETE, Act.SET, Act.APPEND})


def may_tell(
    scope: Scope, loop: Loop, lookup: Run, unseen: Collection[Effect] = ()
) -> Frame | None:
    """A function that the loop calls and that may need what the flush of `lookup` makes.

    What gets only data, sessions and rows that a query has found, writes nothing but objects that
    it adds as it makes them, or flushes, and asks by queries that flush themselves, finds the same
    without it. So does the function that asks by `lookup` and makes a row where there is none: there
    it is still called, and asks first.

    Args:
        unseen: objects that are added, and of which nothing is read that a flush makes.
    """
    window = scope.events[loop.first : loop.last + 1]
    for frame in scope.flow.frames:
        if frame.caller is None or loop not in frame.loops:
            continue
        if lookup.or_asked and _asks_first(scope, frame, lookup):
            continue
        if not lookup.or_asked and any(map(lookup.is_called_by, frame.chain)):
            # the loop does without it
            continue
        if any(map(_may_be_new, _handed(scope, frame))):
            return frame
        for event in _events(scope, frame):
            if event in unseen or (isinstance(event, Effect) and _is_flushed(event, window)):
                continue
            if _depends(scope, event, lookup):
                return frame
    return None


def _is_flushed(effect: Effect, window: Sequence[Event]) -> bool:
    """True for `session.add(row)` with a flush behind it before the next round."""
    return effect.act is Act.ADD and flushed_by(effect, window) is not None


def _asks_first(scope: Scope, frame: Frame, lookup: Run) -> bool:
    """True for what the call of a lookup has led to, where it flushes what it adds."""
    called = next((each for each in frame.chain if lookup.is_called_by(each)), None)
    if called is None:
        return False
    done = [event for event in _events(scope, called) if isinstance(event, Effect)]
    flushes = [event for event in done if event.act is Act.FLUSH]
    written = (Act.ADD, Act.DELETE, Act.SET, Act.APPEND)
    return all(
        any(e.index < flush.index and {*flush.branches} <= {*e.branches} for flush in flushes)
        for e in done
        if e.act in written
    )


def _handed(scope: Scope, frame: Frame) -> Iterator[Value]:
    """What the variables hold, in a later round as well, that the call names, or a function
    inside of this one."""
    if frame.caller is scope.flow.root and frame.call is not None:
        for name in loaded_names(frame.call):
            yield from _held(scope, name)


def _held(scope: Scope, name: str) -> Iterator[Value]:
    """What a variable is given anywhere, if those are rows and data; else what it holds in the end."""
    flow = scope.flow
    if (held := flow.env.get(name)) is None:
        return
    given = [each.new for each in flow.bound if each.name == name and each.frame is flow.root]
    told = given and all(isinstance(each, Row | Plain) for each in given)
    if told and not any(
        name == getattr(node, "arg", "") or name in bound_otherwise(node)
        for node in walk(scope.node)
    ):
        yield from given
    else:
        yield held


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


def _depends(scope: Scope, event: Run | Effect, lookup: Run) -> bool:
    if isinstance(event, Effect):
        plain = _added_at_once(scope, event) or _sets_column(event)
        return event.act in _ASKS and not plain
    return event.node is not lookup.node and not _flushes(event.query)


def _added_at_once(scope: Scope, effect: Effect) -> bool:
    """True for `session.add(Audit(…))`: nothing can be read of an object that has no name."""
    match effect.node:
        case ast.Call(args=[ast.Call(func=made)], keywords=[]) if effect.act is Act.ADD:
            row, module = effect.target, effect.frame.code.module
            named = scope.index.resolve(module, dotted_name(made) or "")
            return isinstance(row, Row) and row.new and row.model.full_name == named
    return False


def _sets_column(effect: Effect) -> bool:
    """True for `row.name = …` of a row of a known class, and a value that Python has."""
    if effect.act is not Act.SET or not isinstance(effect.target, Row) or effect.model is None:
        return False
    computed = effect.value is not None and is_sql(effect.value)
    return effect.attribute in effect.model.columns and not computed


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
