"""Whether rows stay loaded for as long as they are used."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition, Status
from codemods.orm import preconditions
from codemods.orm.events import Act, Effect
from codemods.orm.preconditions import unknown
from codemods.orm.receivers import callers
from codemods.orm.values import Session, holds

if TYPE_CHECKING:
    from codemods.orm.eager import RowRead
    from codemods.orm.events import Event, Run
    from codemods.orm.frames import Frame, Program
    from codemods.orm.scope import Scope


def stays_loaded(read: RowRead, events: Sequence[Event]) -> Precondition:
    """Nothing expires the rows while they are read, nor later while they are still in use."""
    scope = read.scope
    found = preconditions.stays_loaded(scope, events)
    if found.status is Status.REFUTED:
        return preconditions.stays_loaded_at_first(scope, read.loop, events) or found
    if found.status is not Status.PROVEN:
        return found
    last = events[-1].index if events else read.run.index
    for effect in _expiring(scope.events[last + 1 :]):
        if not _raises(effect) and used_after(scope, read.run, effect):
            return unknown(
                scope, found.name,
                "rows that are used after this are loaded anew one by one, with their options", effect,
            )  # fmt: skip
    if (caller := _expired_by_a_caller(read)) is not None:
        text = (
            f"{caller} expires these rows and goes on to use them: they are loaded anew one by "
            "one, with their options"
        )
        return unknown(scope, found.name, text, read.run)
    return found


def _expired_by_a_caller(read: RowRead) -> str | None:
    """A function that is given the rows, expires them, and uses them afterwards."""
    for scope, runs in callers(read.scope, read.run.node, {read.scope.code}):
        for run in runs:
            for effect in _expiring(scope.events[run.index + 1 :]):
                if not _raises(effect) and used_after(scope, run, effect):
                    return scope.code.title
    return None


def _expiring(events: Sequence[Event]) -> Iterator[Effect]:
    for effect in preconditions.effects(events, *_EXPIRING):
        session = effect.target if isinstance(effect.target, Session) else None
        if effect.act is not Act.COMMIT or not session or session.expire_on_commit is not False:
            yield effect


_EXPIRING = (Act.COMMIT, Act.ROLLBACK, Act.EXPIRE, Act.REFRESH)


def _raises(effect: Effect) -> bool:
    """True in a handler whose end is a `raise`, so that nothing below it is reached."""
    return any(
        isinstance(branch.node, ast.Try)
        and branch.arm
        and isinstance(branch.node.handlers[branch.arm - 1].body[-1], ast.Raise)
        for branch in effect.branches
    )


def _reached(program: Program, frame: Frame, effect: Effect) -> ast.expr | ast.stmt | None:
    """What leads to the effect in this activation: the whole `with` for what its manager does
    when it is left; None where that is not known."""
    chain = effect.frame.chain
    if frame in chain and frame is not effect.frame:
        step = chain[chain.index(frame) + 1]
        if step.resumed is not None and effect.index >= step.resumed:
            return step.within
    home = program.home(effect.node)
    if frame is effect.frame and home is not None and home.node is not frame.code.node:
        # what another walk has found in a function below
        return None
    return frame.reached_by(effect.frame, effect.node)


def used_after(scope: Scope, run: Run, effect: Effect) -> bool:
    """True if a variable that holds rows of the query is read below `effect`."""
    for frame in scope.flow.frames:
        if frame.last is not None and frame.last < effect.index and frame is not effect.frame:
            continue
        names = {name for name, value in frame.env.items() if holds(value, run)}
        if not names:
            continue
        source = frame.code.source
        inside = _reached(scope.program, frame, effect)
        end = source.span(inside).end if inside is not None else -1
        if any(
            isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Load)
            and node.id in names
            and (end < 0 or source.span(node).start > end)
            for node in walk(frame.code.node)
        ):
            return True
    return False
