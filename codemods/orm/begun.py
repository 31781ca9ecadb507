"""Functions that begin a query for the one that sends it: `self.query().filter(…)`, and methods of
a project's own class of queries that go on with it: `Order.query.active().filter(…)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.forwarded import Forwarded
from codemods.orm.stateful import stateful

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup
    from codemods.orm.scope import Scope


def inside(scope: Scope, call: ast.AST) -> frozenset[ast.AST]:
    """What the function that is called there, and those that it calls, are written of; what a
    method is called on, too."""
    frames = scope.flow.frames
    called = next((frame for frame in frames if frame.call is call), None)
    if called is None:
        return frozenset()
    within: list[ast.AST] = [f.code.node for f in frames if called in f.chain]
    match call:
        case ast.Call(func=ast.Attribute(value=receiver)):
            within.append(receiver)
    return frozenset(node for part in within for node in walk(part))


def begins(scope: Scope, lookup: Lookup, call: ast.AST, dropped: frozenset[str]) -> bool:
    """True if the call gives the beginning of the query, without a key of the lookup's and without
    a method that many keys do not have."""
    query, within = lookup.query, inside(scope, call)
    asked = [part.predicate.node for part in lookup.parts if part.predicate is not None]
    left_out = [c.node for c in query.calls if c.method in (*dropped, *lookup.left_out)]
    return within.issuperset(query.roots) and within.isdisjoint((*asked, *left_out))


def read_to_begin(lookup: Lookup) -> Iterator[ast.AST]:
    """What such calls are given, and the attributes that their functions read."""
    scope = lookup.scope
    if isinstance(lookup.run, Forwarded):
        return
    for call in walk(lookup.run.expression):
        within = inside(scope, call) if isinstance(call, ast.Call) else frozenset()
        if within and within.issuperset(lookup.query.roots):
            yield from (node for node in walk(call) if node is not call)
            yield from (node for node in within if isinstance(node, ast.Attribute))


def done_to_begin(lookup: Lookup) -> ast.expr | None:
    """Such a call, if its function does more than to make a query."""
    if isinstance(lookup.run, Forwarded):
        return None
    query = lookup.query
    building = frozenset((*query.roots, *(call.node for call in query.calls)))
    calls = [n for n in walk(lookup.run.expression) if isinstance(n, ast.Call)]
    begun = [c for c in calls if inside(lookup.scope, c).issuperset(query.roots)]
    return stateful(lookup.scope, begun, building)
