"""Calls in loops that could hand over what a batch function fetches, and do not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Amount, Cost, Note, Precondition, Role
from codemods.orm import rounds
from codemods.orm.batch_sites import Site
from codemods.orm.events import Run
from codemods.orm.frames import Frame
from codemods.orm.naming import each_of
from codemods.orm.preconditions import refuted
from codemods.orm.values import Items
from codemods.patch import Patch
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(eq=False)
class Leftover:
    """A call in a loop of a helper that fetches for a batch of one.

    Args:
        fetch: the call that does so.
        runs: the queries that it sends.
    """

    site: Site
    fetch: ast.Call
    runs: tuple[Run, ...]

    possible = False
    title = ""

    def patches(self) -> tuple[Patch, ...]:
        return ()

    @property
    def scope(self) -> Scope:
        return self.site.scope

    @property
    def place(self) -> Place:
        return self.scope.place(self.site.call)

    @property
    def _items(self) -> str:
        return rounds.items_of(self.site.loops[-1])

    @property
    def _count(self) -> int:
        return len({run.node for run in self.runs})

    @property
    def message(self) -> str:
        name = getattr(self.site.frame.code.node, "name", "")
        what = "a query" if self._count == 1 else f"{self._count} queries"
        return f"{name}() sends {what} for each {rounds.item_of(self.site.loops[-1])} of this loop"

    @property
    def related(self) -> Iterator[Note]:
        loop = self.site.loops[-1]
        yield self.scope.note(Role.LOOP, loop.iterable, each_of(self._items))
        yield self.scope.note(Role.CALL, self.fetch, "this fetches for one at a time")

    @property
    def cost(self) -> Cost:
        loop, items = self.site.loops[0], self._items
        base = "1 + " if isinstance(loop.items, Items) and loop.items.run is not None else ""
        times = items if self._count == 1 else f"{self._count}·{items}"
        return Cost(Amount(f"{base}{times}", items), None)

    @property
    def preconditions(self) -> tuple[Precondition, ...]:
        function = ast.unparse(self.fetch.func).rpartition(".")[2]
        reason = f"{function}() can fetch for many, and this loop hands over nothing that it found"
        return (refuted(self.scope, "handed-over", reason),)


def leftover(site: Site) -> Leftover | None:
    """The call as one that hands over nothing, if that is all there is to say about it."""
    if not site.varying:
        return None
    for run in site.deep:
        chain = run.frame.chain
        for frame in chain[chain.index(site.frame) : -1]:
            fetch = _batch_of_one(frame)
            calls = {each.call for each in chain}
            if fetch is not None and fetch in calls:
                runs = tuple(r for r in site.deep if fetch in {each.call for each in r.frame.chain})
                return Leftover(site, fetch, runs)
    return None


def _batch_of_one(frame: Frame) -> ast.Call | None:
    """The call in `if data is None: data = load_data(session, [item])`."""
    node = frame.code.node
    if isinstance(node, ast.Module):
        return None
    optional = {item.arg for item in node.args.kwonlyargs}
    for statement in walk(node):
        match statement:
            case ast.If(
                test=ast.Compare(
                    left=ast.Name(id=name), ops=[ast.Is()], comparators=[ast.Constant(value=None)]
                ),
                body=[ast.Assign(targets=[ast.Name(id=other)], value=value)],
            ) if (
                name == other and name in optional
            ):
                call = value.value if isinstance(value, ast.Await) else value
                if isinstance(call, ast.Call) and any(_one(item) for item in call.args):
                    return call
    return None


def _one(node: ast.expr) -> bool:
    return isinstance(node, ast.List) and len(node.elts) == 1
