"""Calls that do the same whenever they are called alike, which need not be walked again.

A function does the same for other rows of the same class if it reads no relationship, of which
who calls is to learn, if it writes nothing of the rows that it is given, as far as a query is known
that has brought them, and gives nothing back that is one of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm.choices import OneOf
from codemods.orm.events import Effect, Event, Exit, Read, Run
from codemods.orm.instances import Instance
from codemods.orm.values import (
    Cell,
    Items,
    ModelClass,
    Nothing,
    Plain,
    Row,
    Session,
    Symbol,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.orm.frames import Frame


@dataclass(frozen=True)
class Outcome:
    """What a call did, without what only its own statements can tell.

    `inside` is the activation whose conditions, loops and handlers the events stand in. `walked`
    is how many statements count as walked each time: such a call is told in full. `assigned` is
    what attributes of objects that it is given hold after it, by the names of the arguments.
    """

    events: tuple[Event, ...]
    value: Value
    inside: Frame
    walked: int = 0
    assigned: tuple[tuple[Hashable, Mapping[str, Value]], ...] = ()

    @property
    def asks(self) -> bool:
        """True if a query was sent."""
        return any(isinstance(event, Run) for event in self.events)


def key(callee: Hashable, values: Iterable[tuple[Hashable, Value]]) -> Hashable | None:
    """What is the same in all calls that are alike; None for one that is like no other."""
    shapes = []
    for name, value in values:
        shape = _shape(value)
        if shape is None:
            return None
        shapes.append((name, shape))
    return (callee, *shapes)


def _shape(value: Value, depth: int = 0) -> Hashable | None:
    match value:
        case Instance(full_name=full_name, fields=fields, exact=exact) if depth < 2:
            held = [(name, _shape(item, depth + 1)) for name, item in sorted(fields.items())]
            known = all(shape is not None for _, shape in held)
            return (Instance, full_name, exact, *held) if known else None
        case Row(model=model, optional=optional, new=new):
            return Row, model.full_name, optional, new, _is_asked_for(value)
        case Cell(model=model, column=column, row=row):
            return Cell, model.full_name, column.name, row is not None and _is_asked_for(row)
        case ModelClass(model=model, alias=alias):
            return ModelClass, model.full_name, alias
        case OneOf():
            return value
        case Plain(kind=kind, optional=optional, constant=constant):
            return Plain, kind, optional, constant.__class__, repr(constant)
        case Items(element=element, kind=kind, mapped=mapped, collection=None, run=None, named=()):
            parts = [_shape(element, depth), () if mapped is None else _shape(mapped, depth)]
            return None if None in parts else (Items, kind, *parts)
        case Tuple(elements=elements, names=names):
            parts = [_shape(element, depth) for element in elements]
            return None if None in parts else (Tuple, names, *parts)
        case Unknown(lacking=lacking):
            return value, lacking
        case Symbol() | Session() | Nothing():
            return value
    return None


Given = Sequence[tuple[Hashable, Value]]
Held = Sequence[tuple[Mapping[str, Value], Mapping[str, Hashable]]]


def held(given: Given) -> Held:
    """What the attributes of the objects among some arguments hold, and of what shape that is."""
    return [
        (dict(value.fields), {name: _shape(item, 1) for name, item in value.fields.items()})
        for _, value in given
        if isinstance(value, Instance)
    ]


def assigned(given: Given, before: Held) -> Sequence[tuple[Hashable, Mapping[str, Value]]] | None:
    """What attributes of objects among the arguments of a call have been assigned since; None
    where that is something else in another call that is alike.

    Args:
        before: what they held before the call.
    """
    objects = [(name, value) for name, value in given if isinstance(value, Instance)]
    found = []
    for (name, value), (fields, shapes) in zip(objects, before, strict=True):
        new = {key: item for key, item in value.fields.items() if fields.get(key) is not item}
        kept = {key: item for key, item in value.fields.items() if key not in new}
        if not all(_is_apart(item) or isinstance(item, Session) for item in new.values()):
            return None
        if not fields.keys() <= value.fields.keys():
            return None
        if any(_shape(item, 1) != shapes[key] for key, item in kept.items()):
            return None
        if new:
            found.append((name, new))
    alone = len({id(value.fields) for _, value in objects}) == len(objects)
    return found if alone or not found else None


def _is_asked_for(row: Row) -> bool:
    return any(origin.run is not None for origin in row.origins)


def outcome(
    events: Sequence[Event],
    frame: Frame,
    value: Value,
    walked: int = 0,
    assigned: Sequence[tuple[Hashable, Mapping[str, Value]]] = (),
) -> Outcome | None:
    """What a call did that any like it does; None where that depends on its arguments.

    Args:
        events: all that happened since the call began.
        walked: how many statements count as walked each time.
        assigned: what attributes of objects that it was given hold since.
    """
    if not _is_apart(value) or any(isinstance(event, Read) for event in events):
        return None
    kept = list(_kept(events, frame.first))
    if None in kept:
        return None
    return Outcome(tuple(e for e in kept if e), value, frame, walked, tuple(assigned))


def _is_apart(value: Value) -> bool:
    """True for values that are neither rows nor lead to any."""
    match value:
        case Items(element=element, mapped=mapped):
            return _is_apart(element) and (mapped is None or _is_apart(mapped))
        case Tuple(elements=elements):
            return all(_is_apart(element) for element in elements)
        case Cell(row=row):
            return row is None
        case Unknown() | Plain() | Symbol() | ModelClass() | Nothing():
            return True
    return False


def _kept(events: Sequence[Event], first: int) -> Iterator[Event | None]:
    """The events that matter to who calls; None for one that has to do with what was given."""
    for event in events:
        match event:
            case Effect(target=target, value=value):
                given = any(isinstance(v, Row) and _is_given(v, first) for v in (target, value))
                yield None if given else event
            case Exit(kind=kind):
                if kind == "raise":
                    yield event
            case _:
                yield event


def _is_given(row: Row, first: int) -> bool:
    """True for a row that a query has brought before the call."""
    return any(origin.run is not None and origin.run.index < first for origin in row.origins)


def repeat(flow: Flow, event: Event, inside: Frame | None = None) -> None:
    """Record that what happened in another walk happens here.

    Args:
        inside: the activation of which the loops, conditions and handlers are those around
            it; all of them are left out by default.
    """
    # `copy.copy` takes four times as long.
    again = object.__new__(event.__class__)
    again.__dict__.update(event.__dict__)
    again.index, again.frame, again.inner = len(flow.events), flow.frame, flow.statement
    again.statement = flow.outer or flow.statement
    again.loops, again.branches, again.tries = flow.loops, flow.branches, flow.tries
    if inside is not None:
        again.loops += event.loops[len(inside.loops) :]
        again.branches += event.branches[len(inside.branches) :]
        again.tries += event.tries[len(inside.tries) :]
    if isinstance(event, Run) and event.session is not None:
        flow.shared_sessions |= event.session.shared
    flow.events.append(again)
