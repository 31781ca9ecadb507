"""The variable with the query that several tallies begin with."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from codemods.facts.nodes import walk
from codemods.orm.moments import Moments, position
from codemods.orm.query import QueryCall
from codemods.orm.tallies import Tally
from codemods.orm.terms import Term


@dataclass(frozen=True)
class Base:
    """A query in a variable: `name` is one use of it, `calls` what it was built with."""

    name: ast.Name
    calls: tuple[QueryCall, ...]

    def uses(self, method: str) -> bool:
        return any(call.method == method for call in self.calls)

    @cached_property
    def _nodes(self) -> frozenset[ast.AST]:
        return frozenset(node for call in self.calls for node in walk(call.node))

    def has(self, term: Term) -> bool:
        """True if the query in the variable has this condition already."""
        return term.node in self._nodes


def shared_base(moments: Moments, tallies: Sequence[Tally]) -> Base | None:
    """The variable that all of the tallies begin with, if it holds the same query for each."""
    found: list[Base] = []
    for tally in tallies:
        name, links = chain_of(tally)
        if not isinstance(name, ast.Name) or links.intersection(tally.query.roots):
            return None
        base = Base(name, tuple(c for c in tally.query.calls if c.node not in links))
        if found and (found[0].name.id, found[0].calls) != (name.id, base.calls):
            return None
        found.append(base)
    base = found[0]
    start, end = tallies[0].statement, tallies[-1].statement
    for place, path in moments.changes:
        if path == base.name.id and position(start) <= place <= position(end):
            return None
    return None if base.uses("options") else base


def chain_of(tally: Tally) -> tuple[ast.expr, set[ast.expr]]:
    """Where the chain of calls that ends with a tally begins, and its calls."""
    assert isinstance(tally.run.node, ast.expr)
    node = tally.run.node
    if tally.query is not tally.run.query:
        node = tally.run.query.entities[0].node
    elif tally.query.style == "select" and isinstance(node, ast.Call) and node.args:
        node = node.args[0]
    links: set[ast.expr] = set()
    while True:
        match node:
            case ast.Call(func=ast.Attribute(value=inner)):
                links.add(node)
                node = inner
            case _:
                return node, links
