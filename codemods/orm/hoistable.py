"""Queries that a loop repeats, with their preconditions and cost: what `hoist-invariant` reports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Note, Precondition, Role, Status, none_refuted
from codemods.orm import rounds
from codemods.orm.events import Loop
from codemods.orm.growth import one_row
from codemods.orm.invariant_calls import invariant_calls
from codemods.orm.invariant_checks import InvariantChecks
from codemods.orm.invariant_code import Moved
from codemods.orm.invariants import Invariant, invariants
from codemods.orm.keys import loaded_names
from codemods.orm.naming import each_of, plural, snake
from codemods.orm.query_code import Unwritable
from codemods.orm.values import Items
from codemods.patch import Patch
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass
class Hoistable:
    """One query that a loop repeats, and what to do about it."""

    scope: Scope = field(repr=False)
    invariant: Invariant
    preconditions: tuple[Precondition, ...]
    code: tuple[Patch, ...] = ()

    @property
    def possible(self) -> bool:
        return none_refuted(self.preconditions)

    def patches(self) -> tuple[Patch, ...]:
        return self.code

    @property
    def place(self) -> Place:
        return self.scope.place(self.invariant.expression)

    @property
    def message(self) -> str:
        loop = self.invariant.run.loops[-1]
        match getattr(loop.node, "target", None):
            case ast.Name(id=name) if len(name) > 2:
                item = name.replace("_", " ")
            case _:
                item = rounds.item_of(loop)
        name = self.invariant.model.name
        return f"the same query of {name} is sent again for every {item} of this loop"

    @property
    def title(self) -> str:
        return f"Query {self.invariant.model.name} once, before the loop"

    @property
    def cost(self) -> Cost:
        loop = self.invariant.loop
        rows = isinstance(loop.items, Items) and loop.items.run is not None and not loop.parents
        base = "1 + " if rows else ""
        size = "·".join(self._sizes)
        found = None if self._one_row else plural(snake(self.invariant.model.name))
        after = Amount("2" if base else "1", found or "1") if self.possible else None
        return Cost(Amount(f"{base}{size}", f"{size}·{found}" if found else size), after)

    @property
    def _one_row(self) -> bool:
        run = self.invariant.run
        return one_row(run) or run.terminal in ("count", "exists")

    @property
    def _sizes(self) -> Iterator[str]:
        """The number of items of each loop that says how often the query is sent."""
        loops = self.invariant.run.loops
        for position, loop in enumerate(loops):
            if isinstance(loop.node, ast.While):
                continue
            inner = loops[position + 1 :]
            if any(_follows(each, loop) for each in inner):
                continue
            yield rounds.items_of(loop)

    @property
    def related(self) -> Iterator[Note]:
        invariant, loop = self.invariant, self.invariant.loop
        text = each_of(rounds.items_of(loop))
        yield self.scope.note(Role.LOOP, loop.iterable, text)
        if invariant.run.node is not invariant.expression:
            yield self.scope.note(Role.QUERY, invariant.run.node, "the query is sent here")


def _follows(inner: Loop, outer: Loop) -> bool:
    """True if a loop goes over what an item of the outer one has."""
    return bool(loaded_names(inner.iterable) & (outer.names | outer.assigned))


def hoistables(scope: Scope) -> Iterator[Hoistable]:
    """Every repeated query of the scope, in its order, with names that do not collide."""
    taken: set[str] = set()
    for invariant in (*invariants(scope), *invariant_calls(scope)):
        taken = taken or set(scope.taken_names)
        checks = InvariantChecks(invariant)
        if checks.answer_changes:
            continue
        found = Hoistable(scope, invariant, checks.all())
        if found.possible:
            try:
                found.code = Moved(invariant, taken).patches()
            except Unwritable as error:
                place = (
                    scope.place(error.node) if isinstance(error.node, ast.expr | ast.stmt) else None
                )
                problem = Precondition("writable", Status.REFUTED, error.reason, place)
                found.preconditions = (*found.preconditions, problem)
        yield found
