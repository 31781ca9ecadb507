"""Whether what an option loads is in the session anyway, so that it saves nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from codemods.finding import Precondition
from codemods.orm.eager import RowRead, loaders
from codemods.orm.events import Branch, Event, Read, Run
from codemods.orm.frames import Frame
from codemods.orm.option_places import BY_KEY
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.values import Cell, Row

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


def row_held(read: RowRead) -> Precondition:
    """The option has an effect: `get()` does not find its row in the session."""
    name, scope, run = "query-takes-options", read.scope, read.run
    if run.terminal not in BY_KEY:
        return proven(name, "the rows come from one query, which returns whole rows")
    reason = f"{run.terminal}() takes a row that is in the session as it is, without options"
    loaded = {read.model.full_name}
    if run.loops or any(
        other.index < run.index and _brings(other, loaded) and not _instead(run, other)
        for other in scope.runs
    ):
        return refuted(scope, name, reason, run)
    for event in scope.reads:
        if event.index < run.index and event.step.relationship.target in loaded:
            return unknown(scope, name, reason, event)
    for _, brought in _before(scope, loaded):
        return unknown(scope, name, reason, brought)
    return proven(name, "nothing here has loaded the row before")


def _collections_held(read: RowRead) -> Precondition | None:
    """A doubt where the same rows may come again, with collections that are loaded already."""
    name, scope = "not-loaded-already", read.scope
    collections = [s for _, s in read.new_steps if not s.relationship.found_by_key]
    if not collections:
        return None
    if read.run.loops and not _rows_of_one_round(read):
        return unknown(
            scope,
            name,
            "this query is sent in a loop, and may find rows of an earlier round again",
            read.run,
        )
    wanted = {s.relationship.name for s in collections}
    for event in scope.reads:
        if event.index < read.run.index and event.step.relationship.name in wanted:
            return unknown(
                scope, name, "an earlier read of this function may have loaded them", event
            )
    return None


def _rows_of_one_round(read: RowRead) -> bool:
    """True if each round of the loop around asks for other rows: those of its own row's key."""
    if len(read.run.loops) != 1:
        return False
    for predicate in read.query.predicates:
        match predicate.value:
            case Cell(column=column, row=Row(origins=origins)) if (
                predicate.is_equality and column.primary_key and predicate.column is not None
            ):
                if predicate.column.foreign_key and any(
                    read.run.loops[0] in origin.via for origin in origins
                ):
                    return True
    return False


def not_loaded_already(read: RowRead) -> Precondition:
    """The targets are not in the session anyway (trap c1_20)."""
    name, scope = "not-loaded-already", read.scope
    if (doubt := _collections_held(read)) is not None:
        return doubt
    targets = {s.relationship.target for _, s in read.new_steps if s.relationship.found_by_key}
    if not targets:
        return proven(name, "no earlier read of this function has loaded them")
    if read.run.loops:
        return unknown(
            scope,
            name,
            "this query is sent in a loop, and may find targets of an earlier round",
            read.run,
        )
    among = any(
        s.relationship.found_by_key and s.relationship.target == s.model.full_name
        for _, s in read.new_steps
    )
    if among or read.model.full_name in targets:
        return unknown(scope, name, "the rows may themselves be the targets", read.run)
    for item in read.reads:
        runs = {o.run for o in item.row.origins if o.run is not None} - {read.run}
        if any(not _instead(read.run, run) for run in runs):
            return unknown(scope, name, "rows of another query may bring the same targets", item)
    before = [event for event in scope.events[: read.first.index] if event is not read.run]
    for event in before[: read.run.index]:
        if isinstance(event, Read) and event.step.relationship.target in targets:
            return unknown(
                scope, name, "an earlier read of this function may have loaded them", event
            )
    for run in before:
        if isinstance(run, Run) and _brings(run, targets) and not _instead(read.run, run):
            return unknown(scope, name, "another query of this function may have loaded them", run)
    for caller, event in _before(scope, targets):
        return unknown(
            scope, name, f"{caller.code.title} may have loaded them before it comes here", event
        )
    return proven(name, "this function has not loaded them before")


def _instead(one: Run, other: Run) -> bool:
    """True if the function sends one of the queries or the other, and never both."""
    chains = zip(one.frame.chain, other.frame.chain, strict=False)
    common = [here for here, there in chains if here is there][-1]
    return not (one.loops or other.loops) and any(
        isinstance(here.node, ast.If | ast.IfExp)
        and here.node is there.node
        and here.arm != there.arm
        for here in _branches_in(common, one)
        for there in _branches_in(common, other)
    )


def _branches_in(frame: Frame, run: Run) -> tuple[Branch, ...]:
    """What a query stands under in this activation, or the call of it that leads there."""
    below = run.frame.chain[len(frame.chain) :]
    return below[0].branches if below else run.branches


def _brings(event: Event, targets: Set[str | None]) -> bool:
    """True for a query that loads rows of one of these classes."""
    if not isinstance(event, Run) or event.terminal in ("count", "exists"):
        return False
    loaded = {entity.model.full_name for entity in event.query.entities if entity.model}
    loaded |= {
        step.relationship.target or "" for loader, _ in loaders(event.query)
        for step in loader.path or ()
    }  # fmt: skip
    return bool(loaded & targets)


def _before(scope: Scope, targets: Set[str | None]) -> Iterator[tuple[Scope, Event]]:
    """What callers of the function load before they call it, with the same session."""
    program, facts = scope.program, scope.code.facts
    if facts is None:
        return
    names = {name.rpartition(".")[2] for name in targets if name}
    for caller in program.words.mentions(facts).functions:
        text = program.source(caller.place.path).slice(caller.place.span)
        code = program.code(caller) if any(name in text for name in names) else None
        if code is None:
            continue
        above = program.scope(code)
        calls = [f for f in above.flow.frames if f.code is scope.code]
        for frame in calls:
            for event in above.events[: frame.first]:
                if _brings(event, targets):
                    yield above, event
