"""Functions that query in a loop of their own, and are called in a loop."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Note, Role
from codemods.orm import rounds
from codemods.orm.batch_sites import Site, sites
from codemods.orm.events import Loop, Run
from codemods.orm.mentions import has_tests
from codemods.orm.naming import words
from codemods.orm.opaque_queries import OpaqueQuery, asks, calls_with, depends, is_worth, varying
from codemods.orm.preconditions import refuted
from codemods.orm.remembered import remembers

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.source import Place


class Cascade(OpaqueQuery):
    """Queries that a function sends in a loop of its own, for each item of a loop that calls it."""

    @property
    def inner(self) -> tuple[Loop, ...]:
        """The loops inside of the function that is called."""
        return self.sent[0].loops[len(self.loops) :]

    @property
    def message(self) -> str:
        assert self.site is not None
        name = getattr(self.site.frame.code.node, "name", "it")
        each, inside = rounds.item_of(self.loop), rounds.item_of(self.inner[-1])
        what = "a query" if self._number == 1 else f"{self._number} queries"
        if self.inner[-1].frame is not self.site.frame:
            return f"{name}() leads to {what} for each {inside}, for each {each} of this loop"
        return f"{name}() sends {what} for each {inside} of its own loop, for each {each}"

    @property
    def related(self) -> Iterator[Note]:
        yield from super().related
        inner = self.inner[-1]
        if self.scope.placed(inner.iterable):
            text = f"and for each of these {words(rounds.items_of(inner))}"
            yield self.scope.note(Role.LOOP, inner.iterable, text)

    @property
    def cost(self) -> Cost:
        times = rounds.times(self.sent[0].loops)
        if self._number > 1:
            times = f"{self._number}·{times}"
        return Cost(Amount(times, times), None)


def cascades(scope: Scope, known: Collection[Place]) -> Iterator[Cascade]:
    """The calls in loops that lead to queries in another loop, which are sent for each item of
    both.

    Args:
        known: what is told of anyway.
    """
    for site in () if has_tests(scope.module, scope.index.root) else sites(scope):
        if scope.place(site.call) in known or remembers(site) or not varying(site):
            continue
        if not is_worth(scope, site.loops, calls_with(site)):
            continue
        sent = tuple(run for run in site.deep if _is_inside(scope, site, run))
        # those of one loop are told of; a person begins with one of them
        sent = tuple(run for run in sent if run.loops == sent[0].loops)
        if sent:
            name = getattr(site.frame.code.node, "name", "it")
            reason = (
                f"the queries of {name}() stand in another loop: fetch before that one first, so "
                "that one for each item is left"
            )
            condition = refuted(scope, "keys-known-before", reason, sent[0])
            yield Cascade(scope, site.call, site.loops, condition, site, sent)


def _is_inside(scope: Scope, site: Site, run: Run) -> bool:
    """True for a query of a loop of the called function that depends on the items of both."""
    inner = run.loops[len(site.loops) :]
    return (
        bool(inner)
        and run.loops[: len(site.loops)] == site.loops
        and not run.streamed
        and run.query.kind == "select"
        and run.query.has("limit", "offset", "with_for_update") is None
        and is_worth(scope, inner)
        and all(loop.frame is run.frame and run.repeated_in(loop) for loop in inner)
        and depends(run.expression, inner)
        and asks(run, site)
    )
