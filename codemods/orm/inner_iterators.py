"""Iterators among the items of a loop, of which what goes over them before leaves nothing for it, and
rows that come in batches."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.finding import Precondition
from codemods.orm.bindings import assigned_values
from codemods.orm.events import Loop
from codemods.orm.iterators import repeats, sources
from codemods.orm.preconditions import refuted, unknown
from codemods.orm.values import ANYTHING, Cell, Items, Plain, Row, Symbol, Tuple, Value

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup
    from codemods.orm.scope import Scope

_GROUPING = "itertools.groupby"


def used_before(lookup: Lookup) -> Precondition | None:
    """The doubt that collecting the keys uses up what the loop, or one in it, goes over itself."""
    name, scope, run = "items-repeatable", lookup.scope, lookup.run
    levels = lookup.collection.levels if lookup.collection is not None else []
    loops = [level.loop for level in levels] or [lookup.loop]
    if (group := _group(scope, loops[0])) is not None:
        text = f"{group} is empty once groupby() has been asked for all groups"
        return refuted(scope, name, text, run)
    for number, loop in enumerate(loops):
        for variable in _reached(scope, loop.iterable, set()) if number else ():
            for outer in loops[:number]:
                if variable in outer.names and not _lasts(_bound(outer, variable)):
                    text = f"if {variable} is an iterator, collecting the keys uses it up"
                    return unknown(scope, name, text, run)
    return None


def _reached(scope: Scope, node: ast.expr, seen: set[str]) -> Iterator[str]:
    """The variables that an expression takes its items from, or what is assigned to them."""
    for source in sources(node):
        if source.id not in seen:
            seen.add(source.id)
            yield source.id
            for value in assigned_values(scope.node, source.id):
                if value is not None:
                    yield from _reached(scope, value, seen)


def _group(scope: Scope, loop: Loop) -> str | None:
    """What holds the groups of `groupby()`, if a loop goes over them and uses them."""
    if isinstance(loop.node, ast.While) or not _gives_groups(scope, loop.iterable, set()):
        return None
    held: ast.expr = loop.node.target
    if isinstance(held, ast.Tuple) and len(held.elts) == 2:
        held = held.elts[1]
    bound = {node.id for node in walk(held) if isinstance(node, ast.Name)}
    read = (node for node in walk(loop.owner) if isinstance(node, ast.Name))
    return next((n.id for n in read if n.id in bound and isinstance(n.ctx, ast.Load)), None)


def _gives_groups(scope: Scope, node: ast.expr, seen: set[str]) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="enumerate"), args=[items, *_]):
            return _gives_groups(scope, items, seen)
        case ast.Call(func=ast.Name() | ast.Attribute() as function):
            value = scope.flow.lookup(dotted_name(function) or "")
            return isinstance(value, Symbol) and value.full_name == _GROUPING
        case ast.Name(id=name) if name not in seen:
            values = assigned_values(scope.node, name)
            return any(value and _gives_groups(scope, value, seen | {name}) for value in values)
    return False


def _bound(loop: Loop, name: str) -> Value:
    """What a loop binds a variable to."""
    if isinstance(loop.node, ast.While):
        return ANYTHING
    return _part(loop.node.target, loop.element, name)


def _part(target: ast.expr, value: Value, name: str) -> Value:
    match target, value:
        case ast.Name(), _:
            return value
        case ast.Tuple(elts=targets) | ast.List(elts=targets), Tuple(elements=values):
            for inner, held in zip(targets, values, strict=False):
                if any(isinstance(node, ast.Name) and node.id == name for node in walk(inner)):
                    return _part(inner, held, name)
    return ANYTHING


def _lasts(value: Value) -> bool:
    """True for what is known to give its items each time that something goes over it."""
    return repeats(value) or isinstance(value, Cell | Plain | Row)


def in_batches(loop: Loop) -> bool:
    """True if not all rows of a query are in memory at once: `yield_per`, `stream_results`."""
    asked = (node.attr for node in walk(loop.iterable) if isinstance(node, ast.Attribute))
    if "partitions" in asked:
        return True
    run = loop.items.run if isinstance(loop.items, Items) else None
    return run is not None and (run.streamed or run.told("yield_per", "stream_results"))
