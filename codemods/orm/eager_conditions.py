"""What must hold for a loader option to keep the behaviour of lazy loads (semantics 2)."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from codemods.facts.symbols import dotted_name
from codemods.finding import Precondition, Status
from codemods.orm import (
    eager_kept,
    eager_loaded,
    eager_shown,
    eager_writes,
    heard_loading,
    order,
    preconditions,
)
from codemods.orm.callers import callers_agree
from codemods.orm.eager import RowRead, loaders, path_names, strategy, unclear
from codemods.orm.eager_keys import keys_alike, keys_fit
from codemods.orm.eager_options import import_condition
from codemods.orm.eager_reached import read_every_time
from codemods.orm.events import Event
from codemods.orm.names import EAGER, LOADING_ERRORS
from codemods.orm.option_places import BY_KEY, generic, names_model, option_calls
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.values import ModelClass

_TERMINALS = frozenset({
    "all", "iterate", "first", "one", "one_or_none", "scalars", "slice", "item", "paginate",
    "scalar_one", "scalar_one_or_none", "scalar", "first_or_404", "one_or_404", "fetchmany",
    "partitions",
})  # fmt: skip


def conditions(read: RowRead) -> tuple[Precondition, ...]:
    """Every precondition of the option for `read`, in the order of the documentation."""
    return (
        query_takes_options(read),
        loads_lazily(read),
        no_other_strategy(read),
        *in_use(read),
        keys_fit(read),
        keys_alike(read),
        import_condition(read),
        callers_agree(read),
    )


def in_use(read: RowRead) -> tuple[Precondition, ...]:
    """Those about what happens to the rows, wherever the option may be written."""
    scope = read.scope
    events = window(read)
    return (
        read_every_time(read),
        eager_kept.stays_loaded(read, [event for event in events if event is not read.closing]),
        eager_writes.nothing_written(read, events),
        eager_writes.no_flush_needed(read, events),
        no_unknown_calls(read, events),
        preconditions.not_suspended(scope, events),
        errors_not_handled(read, events),
        item_order(read),
        items_once(read),
        eager_loaded.not_loaded_already(read),
        saves_statements(read),
        preconditions.read_at_once(read.scope, read.reads),
        loads_today(read),
        eager_shown.not_shown(read),
    )


def window(read: RowRead) -> Sequence[Event]:
    """What happens between the query and the last time that a row may be read.

    A loop around a read that does not send the query anew comes to the read again.
    """
    last = read.loop.last
    for item in read.reads:
        again = next((loop for loop in item.loops if loop not in read.run.loops), None)
        last = max(last, item.index, again.last if again else 0)
    return read.scope.between(read.run.index, last)


def query_takes_options(read: RowRead) -> Precondition:
    name, scope, query, run = "query-takes-options", read.scope, read.query, read.run
    if query.kind != "select" or not query.understood:
        return unknown(scope, name, "not all of how this query is built is understood", run)
    held = eager_loaded.row_held(read)
    if held.status is Status.REFUTED:
        return held
    if run.terminal not in (*_TERMINALS, *BY_KEY):
        return refuted(
            scope,
            name,
            f"{run.terminal}() takes a row as it is, without options",
            run,
        )
    if isinstance(read.spot, str):
        return refuted(scope, name, read.spot, run)
    if read.spot.scope.code.renderer is not None:
        where = read.spot.scope.code.title
        return refuted(
            scope, name, f"{where} sends this query itself, and has no place for options", run
        )
    if dotted_name(query.entities[read.entity].node) is None:
        return refuted(scope, name, "an option cannot name what this query selects", run)
    value = query.entities[read.entity].value
    if isinstance(value, ModelClass) and value.alias and not names_model(read, read.spot):
        return refuted(scope, name, "the alias that it selects has no name where it is sent", run)
    if generic(read, read.spot) and read.sharing is None:
        return refuted(
            scope, name, f"{read.spot.scope.code.title} makes queries for other models as well", run
        )
    if query.has("enable_eagerloads"):
        return refuted(scope, name, "enable_eagerloads() switches loader options off", run)
    if run.told("populate_existing"):
        return unknown(
            scope, name, "with populate_existing() an option overwrites what is loaded", run
        )
    if run.told("yield_per"):
        return unknown(scope, name, "yield_per() loads the relationship again per batch", run)
    if any(step.model.full_name != _owner(read, i) for i, step in enumerate(read.path) if i):
        return refuted(scope, name, "the relationship belongs to a subclass of what is loaded", run)
    if (stuck := removable(read)) is not None:
        return stuck
    return held


def _owner(read: RowRead, position: int) -> str:
    """The class that a step of the path starts from: what the step before leads to."""
    before = read.path[position - 1].relationship.target or ""
    step = read.path[position]
    target = read.scope.index.model(before)
    if target is not None and step.relationship.name in target.relationships:
        return step.model.full_name
    return before


def loads_lazily(read: RowRead) -> Precondition:
    name = "loads-lazily"
    for length in range(read.given + 1, len(read.path) + 1):
        step = read.path[length - 1]
        label = f"{step.model.name}.{step.relationship.name}"
        if step.relationship.target is None:
            reason = f"what {label} leads to is not a class that is known"
            return unknown(read.scope, name, reason, read.first)
        if step.relationship.lazy is None:
            return unknown(read.scope, name, f"the lazy= of {label} is not a literal", read.first)
        if step.relationship.lazy in ("raise", "raise_on_sql", "noload", "dynamic"):
            reason = f'{label} has lazy="{step.relationship.lazy}", which an option would override'
            return refuted(read.scope, name, reason, read.first)
    return proven(name, f"{read.label} is a plain relationship that loads when it is read")


def no_other_strategy(read: RowRead) -> Precondition:
    name, scope, query = "no-other-strategy", read.scope, read.query
    names = path_names(read.path)
    for loader in unclear(query, names):
        if loader is None:
            return unknown(scope, name, "the query has options that are not understood", read.run)
        for given in ("raiseload", "noload"):
            if given in loader.strategies:
                reason = f"the query says {given}(), and it may be for {names[-1]}"
                return refuted(scope, name, reason, read.run)
        return unknown(scope, name, "an option of the query is not understood", read.run)
    for length in range(1, len(names)):
        given_strategy = strategy(query, names[:length])
        if given_strategy is not None and given_strategy not in EAGER:
            return refuted(
                scope, name, f"the query says {given_strategy}() for {names[length - 1]}", read.run
            )
    for loader, whole in loaders(query):
        if whole == names[: len(whole)] and not any(
            scope.contains(call, loader.node) for call in option_calls(read)
        ):
            return unknown(scope, name, "an option of the query is made elsewhere", read.run)
    return proven(name, "no option of the query says otherwise")


def no_unknown_calls(read: RowRead, events: Sequence[Event]) -> Precondition:
    """No function, and no listener, that nobody knows can reach the session."""
    scope, index = read.scope, read.scope.index
    found = preconditions.no_unknown_calls(scope, events)
    if found.status is not Status.PROVEN:
        return found
    if "do_orm_execute" in index.session_events:
        return unknown(
            scope,
            found.name,
            "a do_orm_execute listener of the project may change queries",
            read.run,
        )
    targets = [step.relationship.target for _, step in read.new_steps]
    if (told := heard_loading.heard(scope, filter(None, targets))) is not None:
        return unknown(scope, found.name, told, read.first)
    return found


def errors_not_handled(read: RowRead, events: Sequence[Event]) -> Precondition:
    """No handler that is there for the errors of a lazy load, or of its flush."""
    name, scope = "errors-not-handled", read.scope
    writes = eager_writes.writes(events)
    for item in read.reads:
        for attempt in item.tries:
            if attempt in read.run.tries:
                continue
            if attempt.handles & LOADING_ERRORS:
                return refuted(
                    scope,
                    name,
                    "the loading errors of SQLAlchemy are handled around this read",
                    item,
                )
            if writes and attempt.handles:
                return unknown(
                    scope, name, "an error of the flush that this read makes is handled here", item
                )
    return proven(name, "no handler is there for an error of this load")


def item_order(read: RowRead) -> Precondition:
    """Items come in the same order, or it makes no difference (semantics 2.4)."""
    result = proven(order.NAME, "")
    for position, step in read.new_steps:
        reads = read.reads if position == len(read.path) - 1 else read.reads_of(position + 1)
        result = order.items_order(read.scope, step, reads)
        if result.status is not Status.PROVEN:
            return result
    return result


def items_once(read: RowRead) -> Precondition:
    """No item comes twice that a lazy load brings once."""
    found = [order.items_once(read.scope, step) for _, step in read.new_steps]
    doubt = next((one for one in found if one.status is not Status.PROVEN), None)
    return doubt or proven("items-once", "each item is loaded once")


def saves_statements(read: RowRead) -> Precondition:
    """The option sends no more than the loop does, whatever the rows are."""
    name = "saves-statements"
    if read.subclass is not None:
        return unknown(
            read.scope,
            name,
            f"with a single {read.subclass.name} among the rows, two statements take the place "
            "of one",
            read.first,
        )
    return proven(name, "a row that is read costs a statement without the option")


def removable(read: RowRead) -> Precondition | None:
    """A `refresh()` that the option makes needless can be taken out."""
    for item in read.reads:
        block, _ = read.scope.flow.blocks.get(item.statement, ([], 0))
        whole = item.statement.value if isinstance(item.statement, ast.Expr) else None
        alone = (whole.value if isinstance(whole, ast.Await) else whole) is item.node
        if item.reload and (not alone or not item.own or len(block) < 2):
            reason = "this refresh() cannot be taken out of the code, of which it is a needed part"
            return refuted(read.scope, "query-takes-options", reason, item)
    return None


def loads_today(read: RowRead) -> Precondition:
    """The read works before the rewrite too."""
    name, scope = "loads-today", read.scope
    session = read.run.session
    for item in read.reads:
        if item.reload and scope.settings.lowest_sqlalchemy < (2, 0):
            return unknown(
                scope, name, "before SQLAlchemy 2.0.4 this refresh() loads no relationship", item
            )
    if session is not None and session.asynchronous:
        for item in read.reads:
            refreshed = any(other.reload and other.index < item.index for other in read.reads)
            if not (item.awaited or item.reload or refreshed):
                return unknown(
                    scope, name, "in async code this read raises MissingGreenlet today", item
                )
    if read.closing is not None:
        text = "the session is closed, so that this read raises DetachedInstanceError today"
        return unknown(scope, name, text, read.closing)
    return proven(name, "the read works today")
