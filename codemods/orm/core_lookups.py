"""What a loop does to tables without a class that its lookups read.

Nobody adds their rows to a session: they come and go with relationships that name the table as
`secondary`, at a flush.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from codemods.orm import sessions
from codemods.orm.core_tables import CoreColumn, CoreTable
from codemods.orm.events import Act, Effect, Event, Loop, Read, Run
from codemods.orm.lookup_shapes import inner_query
from codemods.orm.preconditions import effects
from codemods.orm.query import Aggregate, Query
from codemods.orm.values import Session

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.project.model import Model, Relationship

_WAITING = (Act.ADD, Act.DELETE, Act.SET, Act.APPEND, Act.CALL)
_FLUSHING = (Act.FLUSH, Act.COMMIT, Act.SAVEPOINT)


def may_write(scope: Scope, effect: Effect) -> bool:
    """True if this may change rows of a table between two classes."""
    model = effect.model
    if model is None:
        return True
    if effect.act is Act.SET:
        return effect.attribute not in model.columns
    return effect.act is not Act.ADD or any(
        relationship.secondary for each in _around(scope, model) for relationship in each
    )


def _around(scope: Scope, model: Model) -> Iterator[Sequence[Relationship]]:
    """The relationships of a class, and of those that they lead to."""
    own = list(model.relationships.values())
    yield own
    for relationship in own:
        target = scope.index.model(relationship.target or "")
        yield [relationship] if target is None else list(target.relationships.values())


def is_of_tables(query: Query) -> bool:
    """True for a SELECT of tables alone, which no session flushes for before SQLAlchemy 2.1."""
    parts = [entity.value for entity in query.entities]
    named = [part.argument if isinstance(part, Aggregate) else part for part in parts]
    return query.style == "select" and all(
        isinstance(part, CoreTable | CoreColumn)
        for part in (*named, *query.joins)
        if part is not None
    )


def flushed_apart(
    scope: Scope, run: Run, loop: Loop, window: Sequence[Event]
) -> tuple[str, Event] | None:
    """What says that of two queries in a loop one flushes and the other does not: what waits in
    the session is found by one and missed by the other, and that changes with the order.

    Args:
        run: the query that is to be sent before the loop.
    """
    if scope.settings.lowest_sqlalchemy >= (2, 1) or _begins_flushed(scope, run, loop):
        return None
    if is_of_tables(inner_query(run.query)):
        text = (
            "this flushes what waits in the session, which the lookup, a query of tables, does not "
            "before SQLAlchemy 2.1"
        )
        for event in window:
            if isinstance(event, Run) and not is_of_tables(inner_query(event.query)):
                return text, event
            if isinstance(event, Read):
                return text, event
        flush = next(iter(effects(window, *_FLUSHING)), None)
        return (text, flush) if flush is not None else None
    for event in window:
        if isinstance(event, Run) and is_of_tables(inner_query(event.query)):
            text = "this query of tables does not flush before SQLAlchemy 2.1, and the lookup does"
            return text, event
    return None


def _begins_flushed(scope: Scope, run: Run, loop: Loop) -> bool:
    """True if a query that flushes is sent right before the loop, and nothing waits since."""
    session = run.session
    if session is None or not session.autoflush:
        # all queries are alike, or nothing is known
        return session is not None and session.autoflush is False
    for event in reversed(scope.events[: loop.first]):
        if isinstance(event, Effect) and event.act in _WAITING:
            return False
        if not isinstance(event, Run) or event.no_autoflush or is_of_tables(event.query):
            continue
        other = event.session
        if event.loops != loop.parents or set(event.branches) - set(loop.branches):
            return False
        return isinstance(other, Session) and sessions.are_one(scope.index, session, other)
    return False
