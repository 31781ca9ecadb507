"""Conditions under which a rewrite keeps behaviour, each proven, unknown or refuted.

Every function looks at what happens between two points of a function and answers with one
`Precondition`. The facts behind them are in `docs/safety.md`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from codemods.finding import Precondition, Status
from codemods.orm import names
from codemods.orm.events import Act, Effect, Event, Loop, Run
from codemods.orm.values import Session

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_HOOKS = frozenset({"do_orm_execute", "before_compile"})
_VOIDING = {
    Act.COMMIT: "commits, which expires every loaded row",
    Act.ROLLBACK: "rolls back, which expires every loaded row",
    Act.EXPIRE: "expires rows, which are then loaded again one by one",
    Act.REFRESH: "refreshes a row, which would repeat the eager load for it",
    Act.EXPUNGE: "takes rows out of the session",
    Act.CLOSE: "closes the session",
    Act.SAVEPOINT: "opens a savepoint, whose rollback expires rows",
}

# How operators are written that objects give a meaning of their own.
_SIGNS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**",
    "or": "|", "and": "&", "xor": "^", "lshift": "<<", "rshift": ">>", "matmul": "@",
}  # fmt: skip


def proven(name: str, reason: str) -> Precondition:
    return Precondition(name, Status.PROVEN, reason)


def unknown(scope: Scope, name: str, reason: str, event: Event | None = None) -> Precondition:
    return Precondition(name, Status.UNKNOWN, reason, scope.place(event.node) if event else None)


def refuted(scope: Scope, name: str, reason: str, event: Event | None = None) -> Precondition:
    return Precondition(name, Status.REFUTED, reason, scope.place(event.node) if event else None)


def effects(events: Iterable[Event], *acts: Act) -> list[Effect]:
    return [e for e in events if isinstance(e, Effect) and (not acts or e.act in acts)]


def sent_together(scope: Scope, runs: Sequence[Run]) -> Precondition:
    """All of these queries are sent whenever the first one is."""
    name, first, last = "sent-together", runs[0], runs[-1]
    for run in runs[1:]:
        if run.branches != first.branches:
            return unknown(scope, name, "this one is sent only under a condition", run)
    for leave in scope.exits:
        outside = leave.loop is None or leave.loop in first.loops
        if first.index < leave.index < last.index and outside:
            return unknown(scope, name, f"a `{leave.kind}` may come before the last of them", leave)
    return proven(name, "all of them are sent whenever the first one is")


def stays_loaded(scope: Scope, window: Sequence[Event]) -> Precondition:
    """Nothing makes the session forget what was loaded (semantics 1.2)."""
    name = "rows-stay-loaded"
    doubtful: Precondition | None = None
    for effect in effects(window, *_VOIDING):
        session = effect.target if isinstance(effect.target, Session) else None
        reason = f"the code {_VOIDING[effect.act]}"
        if effect.act is Act.COMMIT and session is not None and session.expire_on_commit is False:
            doubtful = doubtful or unknown(
                scope,
                name,
                "the code commits, and what was loaded before stays as it was (expire_on_commit=False)",
                effect,
            )
            continue
        return refuted(scope, name, reason, effect)
    return doubtful or proven(name, "nothing in between commits, expires or detaches rows")


_SOME_ROUNDS = {
    Act.COMMIT: "some rounds of the loop commit, after which",
    Act.ROLLBACK: "some rounds of the loop roll back, after which",
    Act.EXPIRE: "some rounds of the loop expire rows, after which",
}


def stays_loaded_at_first(
    scope: Scope, loop: Loop, window: Sequence[Event], *acts: Act
) -> Precondition | None:
    """The doubt about rows that expire only if a condition of the loop holds; None if it is more.

    Args:
        acts: what may make them expire; a commit, a rollback or `expire()` where none is given.
    """
    voiding = effects(window, *_VOIDING)
    arms: dict[ast.AST, int] = {}
    for effect in voiding:
        branch = effect.conditional_in(loop) if loop in effect.loops else None
        if effect.act not in (acts or _SOME_ROUNDS) or branch is None:
            return None
        succeeds = isinstance(branch.node, ast.Try) and not branch.arm
        if succeeds or arms.setdefault(branch.node, branch.arm) != branch.arm:
            return None
    reason = f"{_SOME_ROUNDS[voiding[0].act]} rows are loaded anew one by one"
    return unknown(scope, "rows-stay-loaded", reason, voiding[0])


def no_unknown_calls(scope: Scope, window: Sequence[Event]) -> Precondition:
    """No function that nobody knows can reach the session."""
    name = "calls-known"
    for effect in effects(window, Act.CALL):
        callee = effect.callee or "it"
        if effect.frame.code.renderer is not None:
            # `tags_2` is a name that nobody has written
            callee = re.sub(r"_\d+(?=\.)", "", callee)
        if effect.receives:
            what = f"{callee}() may be handed a row or the session, and change it"
            if (changed := re.fullmatch(r"(.+)\.__i([a-z]+)__", callee)) is not None:
                sign = _SIGNS.get(changed[2], "")
                what = (
                    f"`{changed[1]} {sign}= …` may call code that changes the row, or asks queries"
                )
            if isinstance(effect.node, ast.Attribute) and isinstance(effect.node.ctx, ast.Store):
                what = f"assigning {callee} may change what the session asks"
            elif isinstance(effect.node, ast.Attribute):
                what = f"reading {callee} runs code that may do anything with the row"
            elif isinstance(effect.node, ast.With | ast.AsyncWith):
                what = f"leaving `with {callee}` may do anything with the session"
            return unknown(scope, name, what, effect)
        if scope.flow.shared_sessions:
            return unknown(
                scope, name, f"{callee}() can reach the session, which is shared", effect
            )
    return proven(name, "no other function can reach the session meanwhile")


def query_hook(scope: Scope, legacy: bool = True) -> str | None:
    """Why a query is perhaps not sent as it is written: a listener, or a class of queries.

    Args:
        legacy: True for queries that such a class makes.
    """
    index = scope.index
    listened = set(index.session_events).union(*index.events.values())
    if hook := next(iter(sorted(listened & _HOOKS)), None):
        return f"the project listens to {hook}, which may change these queries"
    return own_queries(scope) if legacy else None


def own_queries(scope: Scope) -> str | None:
    """Why a method of a legacy query may do what nobody knows."""
    if any(f.custom_query and not f.test for f in scope.index.factories.values()):
        return "the project's sessions have a query class of their own"
    return None


def flushed_between(run: Run, window: Iterable[Event]) -> Effect | None:
    """A flush among these events, where the session makes none before its queries: of several
    queries only the later ones find what waited for it."""
    session = run.session
    if session is not None and session.autoflush and not run.no_autoflush:
        return None
    return next(iter(effects(window, Act.FLUSH, Act.COMMIT, Act.SAVEPOINT)), None)


def not_suspended(scope: Scope, window: Sequence[Event]) -> Precondition:
    """No consumer of a generator runs in between."""
    name = "not-suspended"
    for effect in effects(window, Act.YIELD):
        if not _only_computes(scope, effect):
            return unknown(
                scope, name, "a generator stops between two rows, and other code runs", effect
            )
    return proven(name, "the rows are used without a pause")


def _only_computes(scope: Scope, pause: Effect) -> bool:
    """True if the function is the consumer of a generator that touches neither rows nor a session:
    it makes no difference when that runs."""
    inside = [frame for frame in scope.flow.frames if frame.caller is not None]
    called = [f for f in inside if f.call is pause.node and f.caller is pause.frame]
    frame = next((f for f in (*called, *inside) if f in called or f is pause.frame), None)
    return frame is not None and all(
        isinstance(event, Effect) and event.act is Act.YIELD
        for event in scope.events[frame.first : (frame.last or frame.first) + 1]
        if frame in event.frame.chain
    )


def read_at_once(scope: Scope, reads: Iterable[Event]) -> Precondition:
    """Nothing happens between the place where a read is written and the time when it is made."""
    name = "read-at-once"
    for read in reads:
        if any(loop.deferred for loop in read.loops):
            text = "this is read when the next item is asked for, and other code may run before"
            return unknown(scope, name, text, read)
    return proven(name, "the rows are read where the code stands")


def errors_not_handled(scope: Scope, events: Iterable[Event]) -> Precondition:
    """No handler that is there for the errors of a lazy load."""
    name = "errors-not-handled"
    for event in events:
        for attempt in event.tries:
            if attempt.handles & names.LOADING_ERRORS:
                return refuted(
                    scope,
                    name,
                    "the loading errors of SQLAlchemy are handled around this load",
                    event,
                )
    return proven(name, "no handler is there for an error of this load")


def read_every_time(scope: Scope, event: Event, loop: Loop, what: str) -> Precondition:
    """The first iteration always comes to `event`."""
    name = "read-every-time"
    if branch := event.conditional_in(loop):
        del branch
        return unknown(
            scope, name, f"{what} only under a condition, so that it may never be needed", event
        )
    for inner in event.loops[event.loops.index(loop) + 1 :] if loop in event.loops else ():
        if not _always_runs(inner):
            return unknown(
                scope, name, f"{what} in an inner loop, which may have no iteration", event
            )
    for exit_ in scope.exits:
        if loop.first <= exit_.index < event.index and loop in exit_.loops:
            return unknown(
                scope, name, f"{what} after a `{exit_.kind}` that may come before it", exit_
            )
    return proven(name, f"{what} for every row")


def _always_runs(loop: Loop) -> bool:
    """True if the inner loop goes over what is itself read for the rows."""
    from codemods.orm.values import Items

    return isinstance(loop.items, Items) and loop.items.collection is not None
