"""Rows that a fetch holds longer than the loop did: what the session holds it does not load anew."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from codemods.orm.events import Act, Effect, Event, Read, Run
from codemods.orm.preconditions import effects
from codemods.orm.synchronized import synchronized
from codemods.orm.values import Items, Session

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup


def written_later(lookup: Lookup) -> Effect | None:
    """A statement after the loop, or around it, that writes such rows past the session, where a
    later query asks for them: it would give them as they were."""
    held, loop, events = _held(lookup), lookup.loop, lookup.scope.events
    if not held:
        return None
    later = events[loop.last + 1 :]
    for effect in _past_the_session(later, held):
        after = events[effect.index + 1 :]
        until = next((e.index for e in after if _expires(e)), len(events))
        if any(_loads(event, held) for event in after if event.index < until):
            return effect
    if not loop.parents:
        return None
    around = events[loop.parents[0].first : loop.parents[0].last + 1]
    return next(iter(_past_the_session(around, held)), None)


def _held(lookup: Lookup) -> frozenset[str]:
    """The classes of the rows that variables hold after the loop."""
    items, models = lookup.loop.items, []
    if lookup.kind in ("row", "rows") and lookup.tested is None:
        models.append(lookup.model)
    # what a variable holds already is held as long as before
    held = isinstance(lookup.loop.iterable, ast.Name)
    if isinstance(items, Items) and items.run is not None and not held:
        models += [e.model for e in items.run.query.entities if e.model is not None]
    return frozenset(name for m in models for name in (m.full_name, *m.parents, *m.children))


def _past_the_session(events: Sequence[Event], held: frozenset[str]) -> list[Effect]:
    return [
        effect
        for effect in effects(events, Act.DML, Act.SQL)
        if not synchronized(effect) and (effect.model is None or effect.model.full_name in held)
    ]


def _expires(event: Event) -> bool:
    """True for a commit, and for `expire_all()`, that certainly comes."""
    if not isinstance(event, Effect) or event.branches or event.loops:
        return False
    session = event.target if isinstance(event.target, Session) else None
    if event.act is Act.COMMIT:
        return session is not None and session.expire_on_commit is True
    return event.act is Act.EXPIRE and session is not None


def _loads(event: Event, held: frozenset[str]) -> bool:
    match event:
        case Run(query=query):
            return any(e.model is not None and e.model.full_name in held for e in query.entities)
        case Read(step=step):
            return step.relationship.target in held
    return False
