"""Lookups with their preconditions, their cost and their fetch: what `hoist-lookup` reports."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import (
    Amount,
    Cost,
    Fix,
    Note,
    Precondition,
    Role,
    Status,
    none_refuted,
    worst,
)
from codemods.orm import forwarded, rounds
from codemods.orm.chunks import batch_size
from codemods.orm.events import Loop, Run
from codemods.orm.fetches import Fetch
from codemods.orm.forwarded import Forwarded
from codemods.orm.lookup_checks import Checks
from codemods.orm.lookups import Lookup, lookups
from codemods.orm.naming import each_of, plural, snake, words
from codemods.orm.query_code import Unwritable
from codemods.orm.related_rows import related_row
from codemods.orm.small_keys import few
from codemods.orm.values import Items, Row
from codemods.patch import Patch
from codemods.project.model import Model
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_WHAT = {
    "row": "{} is fetched once per {}", "rows": "{} rows are fetched once per {}",
    "value": "{} is queried once per {}", "columns": "{} is queried once per {}",
    "count": "{} is counted once per {}", "aggregate": "{} is aggregated once per {}",
    "exists": "{} is queried once per {}", "totals": "{} rows are fetched once per {}",
    "figures": "{} is aggregated once per {}",
    "values": "{} is queried once per {}", "tuples": "{} is queried once per {}",
}  # fmt: skip


@dataclass
class Hoist:
    """One lookup and what to do about it."""

    scope: Scope = field(repr=False)
    lookup: Lookup
    preconditions: tuple[Precondition, ...]
    code: tuple[Patch, ...] = ()

    @cached_property
    def alternatives(self) -> tuple[Fix, ...]:
        """The relationship that expresses the lookup, eagerly loaded, where there is one."""
        related = related_row(self.lookup)
        if related is None:
            return ()
        found = related.conditions(self.preconditions)
        if not none_refuted(found):
            return ()
        return (Fix(related.title, found, related.patches),)

    @property
    def possible(self) -> bool:
        return none_refuted(self.preconditions)

    def patches(self) -> tuple[Patch, ...]:
        return self.code

    @property
    def place(self) -> Place:
        return self.scope.place(self.lookup.expression)

    @property
    def message(self) -> str:
        if (related := self.lookup.query.related) is not None:
            done = "counted" if self.lookup.kind == "count" else "queried"
            return f"{related.label} is {done} once per {self.item} of this loop"
        text = _WHAT[self.lookup.kind].format(self.lookup.model.name, self.item)
        return f"{text} of this loop"

    @property
    def title(self) -> str:
        model = self.lookup.model
        name = f"row of {model.name}" if model.core else model.name
        match self.lookup.kind:
            case "count":
                return f"Count every {name} before the loop"
            case "exists":
                return f"Fetch the keys of every {name} before the loop"
            case "aggregate" | "totals" | "figures":
                return f"Aggregate every {name} before the loop"
        return f"Fetch every {name} before the loop"

    @cached_property
    def items(self) -> str:
        """What one calls the items of the loop."""
        return rounds.items_of(self._named)

    @property
    def _named(self) -> Loop:
        """The innermost loop that gives its items a name."""
        return next((x for x in reversed(self.lookup.run.loops) if x.names), self.lookup.loop)

    @property
    def item(self) -> str:
        return rounds.item_of(self._named)

    @cached_property
    def keys(self) -> str:
        """What one calls the different keys."""
        names = []
        for part in self.lookup.parts:
            match part.operand:
                case ast.Attribute(attr=name) if not part.attribute:
                    names.append(name)
                case ast.Name(id=name) if not part.attribute and len(name) > 2:
                    names.append(name)
                case _:
                    names.append(part.column.name)
        name = plural(snake("_and_".join(names)))
        return f"distinct_{name}" if name == self.items else name

    @property
    def cost(self) -> Cost | None:
        loop = self.lookup.loop
        own = isinstance(loop.items, Items) and loop.items.run is not None
        base = "1 + " if own and not self.lookup.run.loops[0].parents else ""
        batch, nested = batch_size(self.scope), len(self.lookup.run.loops) > 1
        known = few(self.lookup) if self.possible and not self.lookup.preloaded else None
        size = str(known.most) if known and known.exact and not nested else self.items
        before = Amount(f"{base}{size}", size)
        if not self.possible:
            return Cost(before, None)
        if self.lookup.preloaded:
            return Cost(before, Amount("2" if base else "1", plural(snake(self.lookup.model.name))))
        if known is not None and known.some:
            return Cost(before, Amount("1", size))
        return Cost(before, Amount(f"{base}⌈{self.keys}/{batch}⌉", self.keys))

    @property
    def related(self) -> Iterator[Note]:
        loop = self.lookup.loop
        rows = _rows(self.lookup)
        if rows is not None:
            model, root = rows
            text = f"{words(plural(snake(model.name)))} come from this query"
            yield self.scope.note(Role.QUERY, root, text)
        yield self.scope.note(Role.LOOP, loop.iterable, each_of(self.items))
        run = self.lookup.run
        if isinstance(run, Forwarded):
            run = run.sent
        if run.node is not self.lookup.expression and run.statement is not None:
            yield self.scope.note(Role.QUERY, run.node, "the query is sent here")


def _rows(lookup: Lookup) -> tuple[Model, ast.expr] | None:
    """The class of the loop's rows and the query that they come from, if it stands elsewhere."""
    items = lookup.loop.items
    row = items.element if isinstance(items, Items) else None
    run = row.origins[0].run if isinstance(row, Row) and row.origins else None
    if run is None or run is lookup.run or not isinstance(row, Row):
        return None
    root, model = run.query.roots[0], run.query.entities[0].model
    if model is None or lookup.scope.contains(lookup.loop.iterable, root):
        return None
    return model, root


def hoists(scope: Scope, runs: Iterable[Run] | None = None) -> Iterator[Hoist]:
    """Every lookup of the scope, in its order, with names that do not collide.

    Args:
        runs: the queries that may be one: those that the function sends itself.
    """
    taken: set[str] = set()
    groups: dict[object, list[tuple[Hoist, Checks]]] = {}
    found = []
    for lookup in lookups(scope, runs):
        checks = Checks(lookup)
        conditions = checks.all()
        if isinstance(lookup.run, Forwarded):
            conditions = worst((*conditions, *forwarded.conditions(scope, lookup.run)))
        hoist = Hoist(scope, lookup, conditions)
        found.append(hoist)
        if hoist.possible:
            groups.setdefault(_question(lookup, checks), []).append((hoist, checks))
    if groups:
        taken |= scope.taken_names
    for members in groups.values():
        (first, checks), *others = members
        conditions = worst(each for hoist, _ in members for each in hoist.preconditions)
        twins = tuple(hoist.lookup for hoist, _ in others)
        try:
            code = Fetch(first.lookup, checks.upkeep, taken, twins).patches()
        except Unwritable as error:
            node = error.node if isinstance(error.node, ast.expr | ast.stmt) else None
            place = scope.place(node) if node else None
            problem = Precondition("writable", Status.REFUTED, error.reason, place)
            conditions, code = (*conditions, problem), ()
        for hoist, _ in members:
            hoist.preconditions, hoist.code = conditions, code
    yield from found


def _question(lookup: Lookup, checks: Checks) -> object:
    """Equal for lookups of one loop that one fetch answers."""
    if checks.writes or lookup.totals or lookup.run.node is not lookup.expression:
        return lookup
    tested = lookup.tested is not None
    asked = lookup.run.loops, ast.dump(lookup.expression), lookup.kind, lookup.amount, tested
    return *asked, _assigned_before(lookup)


def _assigned_before(lookup: Lookup) -> int:
    """How often the loop's body assigns to what the key is made of, before the lookup."""
    names = {n.id for p in lookup.parts for n in walk(p.operand) if isinstance(n, ast.Name)}
    start = lookup.expression.lineno, lookup.expression.col_offset
    return sum(
        isinstance(n, ast.Name)
        and n.id in names
        and isinstance(n.ctx, ast.Store)
        and (n.lineno, n.col_offset) < start
        for n in walk(lookup.loop.owner)
    )
