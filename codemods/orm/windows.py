"""Queries that a loop sends for one window after the other: weeks, price ranges, buckets."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import names, rounds
from codemods.orm.columns_read import names_in
from codemods.orm.events import Act, Loop, Run
from codemods.orm.invariants import steps
from codemods.orm.key_loops import mutated_names
from codemods.orm.moments import changed_names
from codemods.orm.preconditions import effects
from codemods.orm.query import Aggregate, Predicate
from codemods.orm.values import ColumnRef, ModelClass
from codemods.orm.varying import varies
from codemods.orm.window_rows import ORDERS, Window, of_date
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_KEPT = frozenset({Act.YIELD, Act.CALL, Act.SET, Act.SHOW})


def windows(scope: Scope) -> Iterator[Window]:
    """Every query of a loop that is asked for one window after the other."""
    taken: set[str] = set()
    for run in scope.own_runs:
        if run.loops and (found := _window(scope, run, taken)) is not None:
            taken |= scope.taken_names
            yield found


def _window(scope: Scope, run: Run, taken: set[str]) -> Window | None:
    # the keys of other loops can be told before: these are rows of a key
    steps_on = rounds.counts_on(run.loops[-1])
    asked = asked_per_item(
        scope,
        run,
        lambda p: p.operator in ORDERS
        or _is_between(p)
        or of_date(p)
        or (steps_on and p.is_equality),
    )
    if asked is None or asked.column.python == "str":
        return None
    found = outermost(scope, run, asked, lambda loop: _undisturbed(scope, loop, asked.model))
    if found is None:
        return None
    return Window(scope, run, run.loops[-1], found, asked.model, asked.column, asked.own, taken)


@dataclass(frozen=True)
class Asked:
    """What a query of a loop asks for: conditions of one column with what the loop binds."""

    model: Model
    column: Column
    own: tuple[Predicate, ...]
    rest: frozenset[str]


def asked_per_item(scope: Scope, run: Run, chosen: Callable[[Predicate], bool]) -> Asked | None:
    """What a query asks for each item of the loop around it, with a condition of the chosen kind."""
    query, inner = run.query, run.loops[-1]
    model = _model(run)
    if model is None or not query.understood or query.kind != "select" or run.streamed:
        return None
    if query.has("limit", "offset", "with_for_update", "slice") or inner.frame is not run.frame:
        return None
    if (
        inner.deferred
        or not run.repeated_in(inner)
        or any(t.handles & names.LOADING_ERRORS for t in run.tries)
    ):
        return None
    bound = inner.names | inner.assigned
    own = [p for p in query.predicates if names_in(p.given or p.node) & bound]
    for loop in reversed(run.loops[:-1]):
        bound = loop.names | loop.assigned
        outer = [p for p in query.predicates if p not in own and names_in(p.node) & bound]
        if not all(chosen(p) and p.given is p.node for p in outer):
            break
        own += outer
    if any(p.given is not None and p.given is not p.node for p in own):
        # a variable of the loop holds the condition
        return None
    varying = (p for p in own if chosen(p) and varies(run, p.node, inner.names | inner.assigned))
    columns = (c for p in varying if (c := _column(p, model)) is not None)
    column = next(columns, None)
    if column is None or run.expression not in scope.parents:
        return None
    inside = {node for p in own for node in walk(p.node)}
    rest = {
        node.id
        for part in _parts(run)
        for node in walk(part)
        if isinstance(node, ast.Name) and node not in inside
    } - steps(run, inner.owner).keys()
    in_order = tuple(p for p in query.predicates if p in own)
    return Asked(model, column, in_order, frozenset(rest))


def outermost(scope: Scope, run: Run, asked: Asked, quiet: Callable[[Loop], bool]) -> Loop | None:
    """The outermost loop that leaves the rest of a query, and the table, as they are."""
    found: Loop | None = None
    for loop in reversed(run.loops):
        bound = loop.names | loop.assigned | mutated_names(scope, loop.owner)
        if asked.rest & bound or not quiet(loop):
            break
        if loop.frame is not run.frame or any(_depends(loop.owner, run, p) for p in asked.own):
            break
        if loop.deferred or not run.repeated_in(loop) or _waits(loop.owner):
            break
        found = loop
    return found


def _model(run: Run) -> Model | None:
    if len(run.query.entities) != 1:
        return None
    match run.query.entities[0].value:
        case ModelClass(model=model, alias=None) | ColumnRef(model=model, alias=None):
            return model
        case Aggregate(argument=ColumnRef(model=model, alias=None)):
            return model
        case Aggregate(argument=None):
            match run.query.joins:
                case [ModelClass(model=model, alias=None)]:
                    return model
    return None


def _parts(run: Run) -> tuple[ast.AST, ...]:
    return (run.expression, *run.query.roots, *(call.node for call in run.query.calls))


def _is_between(predicate: Predicate) -> bool:
    node = predicate.node
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "between"


def _column(predicate: Predicate, model: Model) -> Column | None:
    """The column of which a condition takes a range."""
    if predicate.column is not None:
        return predicate.column if predicate.model is model else None
    if set(predicate.models) != {model}:
        return None
    for node in walk(predicate.node):
        if isinstance(node, ast.Attribute) and node.attr in model.columns:
            return model.columns[node.attr]
    return None


def _depends(owner: ast.AST, run: Run, predicate: Predicate) -> bool:
    """True if a window is chosen by what the query of the one before it has found."""
    reached: set[str] = set()
    while True:
        before = len(reached)
        for node in walk(owner):
            match node:
                case ast.Assign(targets=targets, value=value):
                    pass
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    targets = [target]
                case ast.AugAssign(target=target, value=value):
                    targets = [target]
                case ast.For(target=target, iter=value) if node is not owner:
                    targets = [target]
                case ast.NamedExpr(target=target, value=value):
                    targets = [target]
                case _:
                    continue
            inside = set(walk(value))
            if run.expression in inside or names_in(value) & reached:
                written = (name for t in targets for n in walk(t) for name in changed_names(n))
                reached |= {name.partition(".")[0] for name in written}
        if len(reached) == before:
            break
    return bool(names_in(predicate.node) & reached)


def _waits(owner: ast.AST) -> bool:
    """True for a loop that asks again because the answer may have changed meanwhile."""
    return any(
        isinstance(node, ast.Call)
        and (getattr(node.func, "attr", "") or getattr(node.func, "id", "")) in ("sleep", "wait")
        for node in walk(owner)
    )


def _undisturbed(scope: Scope, loop: Loop, model: Model) -> bool:
    """True if the loop neither writes the table nor ends the transaction."""
    for effect in effects(scope.events[loop.first : loop.last + 1]):
        if effect.act not in _KEPT:
            other = effect.model is not None and effect.model is not model
            if effect.act not in (Act.ADD, Act.DELETE, Act.APPEND, Act.FLUSH) or (
                not other and effect.act is not Act.FLUSH
            ):
                return False
        elif effect.act is Act.SET and effect.model in (None, model):
            return False
    return True
