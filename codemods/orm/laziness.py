"""Generator expressions, `map()` and the like: whether what they do is done where they stand."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import names
from codemods.orm.events import Effect, Exit, Loop, Run

if TYPE_CHECKING:
    from codemods.orm.flow import Flow


class Source:
    """What a loop goes over, the lazy loops that it is made of, and what happens in them."""

    def __init__(self, flow: Flow, node: ast.expr) -> None:
        self.flow = flow
        self.node = node
        self.loops: list[Loop] = []
        self.events = slice(len(flow.events), len(flow.events))
        self._first = len(flow.all_loops)

    def known(self) -> None:
        """To be called between the source and what goes over it."""
        self.events = slice(self.events.start, len(self.flow.events))
        if len(self.flow.all_loops) > self._first:
            chain = set(_chain(self.node))
            made = self.flow.all_loops[self._first :]
            self.loops = [loop for loop in made if loop.owner in chain]

    def seen_by(self, body: Iterable[ast.AST]) -> bool:
        """True if the source could tell what the body does, or that it is left before its end."""
        if any(isinstance(e, Effect | Exit) for e in self.flow.events[self.events.stop :]):
            return True
        asks = any(isinstance(event, Run) for event in self.flow.events[self.events])
        inside = set(walk(self.node))
        read = {node.id for node in inside if isinstance(node, ast.Name)} - _bound_in(inside)
        for node in (node for part in body for node in walk(part) if node not in inside):
            match node:
                case ast.Name(id=name, ctx=context) if name in read:
                    if asks or not isinstance(context, ast.Load):
                        return True
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if name in read:
                    return True
                case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                    if name in read:
                        return True
                case ast.Call(func=ast.Name(id=name)) if asks and name not in names.PURE_BUILTINS:
                    return True
        return False


@contextmanager
def one_by_one(flow: Flow, node: ast.expr, body: Iterable[ast.AST] | None) -> Iterator[Source]:
    """What goes over `node` runs inside: it asks for an item when it has done with the last one.

    Where that can make a difference, what the source does counts as done later, elsewhere.

    Args:
        body: what is done with each item; None where nobody sees it.
    """
    source = Source(flow, node)
    flow.at_once.add(node)
    yield source
    if source.loops and (body is None or source.seen_by(body)):
        for loop in source.loops:
            loop.deferred = True


def _chain(node: ast.expr) -> Iterator[ast.AST]:
    """A lazy expression, and the generators that it takes its items from as it gives its own."""
    if isinstance(node, ast.GeneratorExp | ast.Call):
        yield node
    if isinstance(node, ast.GeneratorExp):
        for clause in node.generators:
            yield from _chain(clause.iter)


def _bound_in(nodes: Iterable[ast.AST]) -> set[str]:
    """The variables of the comprehensions and lambdas among some nodes."""
    return {
        node.arg if isinstance(node, ast.arg) else node.id
        for node in nodes
        if isinstance(node, ast.arg)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    }
