"""Helpers that ask per item of a loop, with the loops that call them: what `batch-helper` reports."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Note, Precondition, Role, Status, none_refuted
from codemods.orm import chunks
from codemods.orm.batch_helpers import Helper, Moved
from codemods.orm.batch_leftovers import Leftover, leftover
from codemods.orm.batch_levels import Handed
from codemods.orm.batch_loops import Called
from codemods.orm.batch_sites import Site, sites
from codemods.orm.batch_units import Unit, unit
from codemods.orm.hoisting import Hoist
from codemods.orm.naming import each_of, plural, singular
from codemods.orm.remembered import remembers
from codemods.orm.values import Items
from codemods.patch import Patch
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(eq=False)
class Batch:
    """A call in a loop of a helper that asks queries for each item."""

    unit: Unit
    called: Called

    @property
    def site(self) -> Site:
        return self.called.site

    @property
    def scope(self) -> Scope:
        return self.site.scope

    @property
    def helper(self) -> Helper:
        return self.called.helper

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        return self.unit.conditions(self.called)

    @property
    def sends(self) -> bool:
        """False where `get()` finds all rows in the session, because a query has loaded them."""
        lookups = self.helper.every_lookup
        return not all(lookup.is_get for lookup in lookups) or not any(
            condition.name == "not-loaded-already" and condition.status is Status.REFUTED
            for condition in self.preconditions
        )

    @property
    def possible(self) -> bool:
        return bool(self.patches()) and none_refuted(self.preconditions)

    @property
    def in_its_own_way(self) -> bool:
        """True if this can be done, and the function does more than to hand on what it is given."""
        return self.possible and not self.helper.only_hands_on

    def patches(self) -> tuple[Patch, ...]:
        return self.unit.patches_for(self.called)

    @property
    def place(self) -> Place:
        return self.scope.place(self.site.call)

    @cached_property
    def _hoist(self) -> Hoist:
        """The call as a lookup of the loop, for its words."""
        lookup = self.called.asked
        if lookup is None:
            own = self.helper.every_lookup[0]
            lookup = replace(own, scope=self.scope, run=self.site.deep[0])
        return Hoist(self.scope, lookup, ())

    @property
    def message(self) -> str:
        sent = _sent(self.helper, "")
        site, what = self.site, "queries"
        if set(sent) == {""}:
            what = "a query" if sent[""] == 1 else f"{sent['']} queries"
            if site.problem is None and not set(site.varying) & {*site.arguments}:
                what = what.replace("a query", "the same query")
        each = "different key" if remembers(site) else self._hoist.item
        return f"{self.helper.name}() sends {what} for each {each} of this loop"

    @property
    def title(self) -> str:
        return f"Fetch what {self.helper.name}() looks up before the loop"

    @property
    def related(self) -> Iterator[Note]:
        scope = self.scope
        loop = self.site.loops[-1]
        yield scope.note(Role.LOOP, loop.iterable, each_of(self._hoist.items))
        yield from _queries(self.helper)

    @property
    def cost(self) -> Cost:
        site, items = self.site, self._hoist.items
        loop = site.loops[0]
        own = isinstance(loop.items, Items) and loop.items.run is not None
        base = "1 + " if own else ""
        sent = _sent(self.helper, items)
        before = Amount(base + _sum(sent), " + ".join(sent))
        if not self.possible:
            return Cost(before, None)
        keys = Counter(self._keys(moved) for moved in self.helper.moved)
        for handed in self.helper.handed:
            if handed.again is None:
                keys += _inner_keys(handed)
        if self.called.shared:
            keys.clear()
        batch = chunks.batch_size(self.helper.scope)
        after = Counter({f"⌈{name}/{batch}⌉": number for name, number in keys.items()})
        after[items] += self.helper.most_left()
        statements = base + _sum(+after)
        return Cost(before, Amount(statements.removesuffix(" + ") or "0", " + ".join(keys) or "0"))

    def _keys(self, moved: Moved) -> str:
        """What one calls the different keys of a query."""
        asked = self.called.asked
        assert asked is not None
        parts = moved.lookup.parts
        if len(asked.parts) > 1:
            return plural("_and_".join(part.column.name for part in parts))
        if all(isinstance(p.operand, ast.Name) and not p.attribute for p in parts):
            if isinstance(asked.parts[0].operand, ast.Name):
                name = plural(self.helper.item[0])
                return f"distinct_{name}" if name == self._hoist.items else name
            parts = asked.parts
        return Hoist(self.scope, replace(asked, parts=parts), ()).keys


def _sent(helper: Helper, items: str) -> Counter[str]:
    """How many queries a helper sends for each of what, with those of the helpers it calls."""
    found = Counter({items: helper.most})
    for handed in helper.handed:
        found += _sent(handed.helper, _items(handed) if handed.site.frame.loops else items)
    return found


def _items(handed: Handed) -> str:
    """What one calls the items that an inner helper is called with."""
    assert handed.asked is not None
    return Hoist(handed.site.scope, handed.asked, ()).items


def _inner_keys(handed: Handed) -> Counter[str]:
    """What one calls the different keys of the queries of an inner helper."""
    helper, prefix = handed.helper, singular(plural("_and_".join(handed.helper.item)))
    found: Counter[str] = Counter()
    for moved in helper.moved:
        keys = Hoist(helper.scope, moved.lookup, ()).keys.removeprefix("distinct_")
        found[keys if keys.startswith(prefix) else f"{prefix}_{keys}"] += 1
    for each in helper.handed:
        if each.again is None:
            found += _inner_keys(each)
    return found


def _queries(helper: Helper) -> Iterator[Note]:
    """The queries of a helper, and the calls that lead to more of them."""
    for lookup in helper.lookups:
        text = f"{helper.name}() sends this query"
        yield Note(Role.QUERY, helper.scope.place(lookup.expression), text)
    for handed in helper.handed:
        if handed.again is None:
            text = f"{helper.name}() calls {handed.helper.name}()"
            yield helper.scope.note(Role.CALL, handed.site.call, text)
            yield from _queries(handed.helper)


def _sum(amounts: Counter[str]) -> str:
    return " + ".join(_times(number, what) for what, number in amounts.items())


def _times(count: int, what: str) -> str:
    return what if count == 1 else f"{count}·{what}"


def batches(scope: Scope) -> Iterator[Batch | Leftover]:
    """Every call in a loop of a function that leads to queries which depend on the item."""
    if scope.code.facts is None:
        return
    for site in sites(scope):
        found = unit(scope.program, site.frame.code)
        if found is None:
            continue
        if found.helper is None:
            left = leftover(site)
            if left is not None:
                yield left
        elif site.call in found.calls:
            batch = Batch(found, found.calls[site.call])
            if batch.sends:
                yield batch
