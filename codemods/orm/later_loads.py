"""Whether rows that are no longer fetched would have saved a later query its statement."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from codemods.finding import Precondition, Status
from codemods.orm.events import Act, Effect, Event, Read, Run
from codemods.orm.preconditions import effects, no_unknown_calls, proven, unknown
from codemods.orm.values import Items, Row, Session, Tuple, Value
from codemods.orm.variables import look_at_session
from codemods.orm.whole_rows import loaded_models

if TYPE_CHECKING:
    from codemods.orm.row_lists import RowList
    from codemods.orm.scope import Scope
    from codemods.project.model import Model

NAME = "not-needed-later"
_EXPIRING = (Act.COMMIT, Act.ROLLBACK, Act.EXPIRE)
_GETS = frozenset({"get", "get_one", "get_or_404"})


def not_needed_later(rows: RowList, held: bool = False) -> Precondition:
    """No `get()` or lazy load is answered by the rows, which the session has (trap c4_18).

    `held` is True where a variable keeps one of them, such as that of a loop.
    """
    scope, models = rows.scope, loaded_models(rows.scope, rows.query)
    if not models:
        return proven(NAME, "the query loads no object into the session")
    if (found := refreshed(scope, rows.run, models)) is not None:
        return unknown(scope, NAME, *found)
    names = {model.full_name for model in models}
    if rows.assigned is None and not rows.query.loaders and not held:
        # the rows are held as long as the loop over them runs
        later = [event for event in _later(rows) if event.statement is rows.run.statement]
        return answered_later(scope, names, later) or proven(
            NAME, "nothing holds the rows, and the session forgets them"
        )
    if (answered := answered_later(scope, names, _later(rows))) is not None:
        return answered
    called = no_unknown_calls(scope, _later(rows))
    if called.status is not Status.PROVEN:
        return Precondition(
            NAME, called.status, f"{called.reason}, or look for rows in the session", called.place
        )
    return proven(NAME, "nothing later looks for the rows in the session")


def answered_later(
    scope: Scope, names: Collection[str], events: Iterable[Event]
) -> Precondition | None:
    """The first of these events that the session may answer with rows of these classes."""
    if (seen := look_at_session(scope)) is not None:
        text = "the function looks at what the session holds"
        return Precondition(NAME, Status.UNKNOWN, text, scope.place(seen))
    for event in events:
        match event:
            case Run(terminal=terminal, query=query) if terminal in _GETS:
                if any(e.model is not None and e.model.full_name in names for e in query.entities):
                    return unknown(
                        scope, NAME, "get() finds the rows that this query has loaded", event
                    )
            case Effect(act=Act.DML | Act.SQL, model=model):
                if model is None or model.full_name in names:
                    text = "rows that are loaded before this keep what they had in the session"
                    return unknown(scope, NAME, text, event)
            case Effect(act=Act.ADD, node=ast.Call(func=ast.Attribute(attr="merge"))):
                return unknown(scope, NAME, "merge() finds the rows that this query loads", event)
            case Read(step=step) if step.relationship.target in names:
                if step.relationship.to_one:
                    text = f"{step!r} is found among the rows that this query has loaded"
                    return unknown(scope, NAME, text, event)
    return None


def _later(rows: RowList) -> Sequence[Event]:
    """What happens once the rows are there, in another round of a loop too."""
    run = rows.run
    events = rows.scope.events
    if run.loops:
        return [*events[run.loops[0].first : run.index], *events[run.index + 1 :]]
    return events[run.index + 1 :]


def refreshed(scope: Scope, run: Run, models: Sequence[Model]) -> tuple[str, Event] | None:
    """Why rows of these classes would be loaded one by one without this query, and where."""
    if (expired := _expired(scope, run, models)) is not None:
        text = "rows that this expires would be loaded anew one by one, and are by this query"
        return text, expired
    if (caller := _expired_by_callers(scope, run, models)) is not None:
        text = f"{caller} has rows that it has expired, and this query loads them anew all at once"
        return text, run
    return None


def _expired(scope: Scope, run: Run, models: Sequence[Model]) -> Event | None:
    """What expires rows of these classes that the function has, before they are queried."""
    before = scope.events[: run.loops[0].last + 1 if run.loops else run.index]
    if any(_has_rows(value, run, models) for value in scope.flow.root.env.values()):
        return next(_expiring(before), None)
    return None


def _expired_by_callers(scope: Scope, run: Run, models: Sequence[Model]) -> str | None:
    """A function that has a list of rows of these classes, expires them, and calls this one."""
    program, left = scope.program, [scope.code]
    for code in left:
        for facts in program.words.mentions(code.facts).functions if code.facts else ():
            caller = program.code(facts)
            if caller is None or caller in left:
                continue
            left.append(caller)
            above = program.scope(caller)
            runs = [each for each in above.runs if each.node is run.node]
            if not any(any(_expiring(above.events[: each.index])) for each in runs):
                continue
            for value in above.flow.root.env.values():
                others = isinstance(value, Items) and value.run not in runs
                if others and _has_rows(value, run, models):
                    return caller.title
    return None


def _expiring(events: Sequence[Event]) -> Iterator[Effect]:
    for effect in effects(events, *_EXPIRING):
        session = effect.target if isinstance(effect.target, Session) else None
        if effect.act is Act.COMMIT and session is not None and session.expire_on_commit is False:
            continue
        yield effect


def _has_rows(value: Value | None, run: Run, models: Sequence[Model]) -> bool:
    match value:
        case Row(model=model, origins=origins):
            return model in models and not (
                origins and all(origin.run is run for origin in origins)
            )
        case Items(element=element, mapped=mapped):
            return _has_rows(element, run, models) or _has_rows(mapped, run, models)
        case Tuple(elements=elements):
            return any(_has_rows(element, run, models) for element in elements)
    return False
