"""Calls in loops that could hand over what a batch function fetches, and do not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Note, Precondition, Role, Status, none_refuted
from codemods.orm import chunks, rounds
from codemods.orm.batch_again import Again, again, batch_of_one
from codemods.orm.batch_sites import Site
from codemods.orm.events import Run
from codemods.orm.naming import each_of
from codemods.orm.preconditions import refuted, unknown
from codemods.orm.query_code import Unwritable
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
        again: how the loop can fetch for all items, None where that is not known.
    """

    site: Site
    fetch: ast.Call
    runs: tuple[Run, ...]
    again: Again | None = None

    @property
    def in_its_own_way(self) -> bool:
        """True if this can be done."""
        return self.possible

    @property
    def possible(self) -> bool:
        return self.again is not None and none_refuted(self.again.conditions) and not self._problem

    @property
    def title(self) -> str:
        return f"Fetch by {self._function}() before the loop"

    def patches(self) -> tuple[Patch, ...]:
        return self._written if isinstance(self._written, tuple) else ()

    @cached_property
    def _written(self) -> tuple[Patch, ...] | Unwritable:
        assert self.again is not None
        try:
            return self.again.fix()
        except Unwritable as error:
            return error

    @property
    def _problem(self) -> str:
        """Why the fix cannot be written; empty where it can."""
        return self._written.reason if isinstance(self._written, Unwritable) else ""

    @property
    def _function(self) -> str:
        return ast.unparse(self.fetch.func).rpartition(".")[2]

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
        before = Amount(f"{base}{times}", items)
        if not self.possible:
            return Cost(before, None)
        by_chunks = {run.node for run in self.runs if run.loops != self.site.loops}
        once = self._count - len(by_chunks) + bool(base)
        each = f"⌈{items}/{chunks.batch_size(self.scope)}⌉"
        if len(by_chunks) > 1:
            each = f"{len(by_chunks)}·{each}"
        shown = [*([str(once)] if once else []), *([each] if by_chunks else [])]
        return Cost(before, Amount(" + ".join(shown), items))

    @property
    def preconditions(self) -> tuple[Precondition, ...]:
        function = self._function
        if self.again is not None and self.possible:
            reason = f"nothing says that {function}() finds for many items what it finds for each"
            return (*self.again.conditions, unknown(self.scope, "handed-over", reason))
        reason = f"{function}() can fetch for many, and this loop hands over nothing that it found"
        if self.again is not None:
            stopped = [c.reason for c in self.again.conditions if c.status is Status.REFUTED]
            reason = "; ".join([reason, *(stopped or [self._problem])[:1]])
        return (refuted(self.scope, "handed-over", reason),)


def leftover(site: Site) -> Leftover | None:
    """The call as one that hands over nothing, if that is all there is to say about it."""
    if not site.varying:
        return None
    for run in site.deep:
        chain = run.frame.chain
        for frame in chain[chain.index(site.frame) : -1]:
            found = batch_of_one(frame.code)
            inner = next((x for x in chain if found is not None and x.call is found.call), None)
            if found is not None and inner is not None:
                fetch = found.call
                runs = tuple(r for r in site.deep if fetch in {each.call for each in r.frame.chain})
                direct = again(site, found, inner.code) if frame is site.frame else None
                return Leftover(site, fetch, runs, direct)
    return None
