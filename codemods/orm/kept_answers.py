"""Lookups whose keys may come again, with what is kept and saved: what `cache-lookup` reports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Fix, Note, Precondition, Role, Status
from codemods.orm import rounds
from codemods.orm.memo_code import Memo, region
from codemods.orm.naming import each_of, plural, snake
from codemods.orm.plain_answers import is_data
from codemods.orm.preconditions import refuted
from codemods.orm.query_code import Unwritable
from codemods.orm.repeated_checks import KeptChecks
from codemods.orm.repeated_lookups import RepeatedLookup, repeated_lookups
from codemods.orm.values import Items
from codemods.patch import Patch
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass
class KeptAnswers:
    """One lookup of a loop, and the dict that would keep what it gives."""

    scope: Scope = field(repr=False)
    lookup: RepeatedLookup
    preconditions: tuple[Precondition, ...]
    code: tuple[Patch, ...] = ()
    alternatives: tuple[Fix, ...] = ()

    @property
    def possible(self) -> bool:
        return bool(self.code) and all(p.status is not Status.REFUTED for p in self.preconditions)

    def patches(self) -> tuple[Patch, ...]:
        return self.code

    @property
    def place(self) -> Place:
        return self.scope.place(self.lookup.call)

    @property
    def message(self) -> str:
        lookup, item = self.lookup, rounds.item_of(self.lookup.loops[-1])
        keys = " and ".join(dict.fromkeys(map(ast.unparse, lookup.keys)))
        again = "come again" if " and " in keys else "comes again"
        number = len({run.node for run in lookup.runs})
        if lookup.site is None:
            done = f"{lookup.name} is queried"
        else:
            done = f"{lookup.name}() sends {'a query' if number == 1 else f'{number} queries'}"
        return f"{done} for each {item} of this loop, also where {keys} {again}"

    @property
    def title(self) -> str:
        asked = f"{self.lookup.name}()" if self.lookup.site else f"the query of {self.lookup.name}"
        return f"Keep what {asked} has answered in a dict, as long as the loop runs"

    @property
    def cost(self) -> Cost:
        lookup = self.lookup
        first = lookup.loops[0].items
        own = isinstance(first, Items) and first.run is not None and not lookup.loops[0].parents
        base = "1 + " if own else ""
        number = len({run.node for run in lookup.runs})
        often = rounds.times(lookup.loops)
        before = _times(number, often)
        if not self.possible:
            return Cost(Amount(f"{base}{before}", before), None)
        after = _times(number, self._keys)
        return Cost(Amount(f"{base}{before}", before), Amount(f"{base}{after}", after))

    @property
    def _keys(self) -> str:
        """What one calls the different keys."""
        names = []
        for key in self.lookup.keys:
            match key:
                case ast.Attribute(attr=name) | ast.Name(id=name):
                    names.append(name)
                case ast.Subscript(slice=ast.Constant(value=str() as name)) if name.isidentifier():
                    names.append(name)
        named = names if len(names) == len(self.lookup.keys) else ["key"]
        return f"distinct_{plural(snake('_and_'.join(named)))}"

    @property
    def related(self) -> Iterator[Note]:
        scope, lookup = self.scope, self.lookup
        loop = lookup.loops[-1]
        if scope.placed(loop.iterable):
            yield scope.note(Role.LOOP, loop.iterable, each_of(rounds.items_of(loop)))
        if lookup.site is not None:
            for run in {run.node: run for run in lookup.runs}.values():
                if scope.placed(run.node):
                    text = f"{lookup.name}() sends this query"
                    yield scope.note(Role.QUERY, run.node, text)


def _times(number: int, what: str) -> str:
    return what if number == 1 else f"{number}·{what}"


def kept_answers(scope: Scope) -> Iterator[KeptAnswers]:
    """Every such lookup of the scope, in its order, with names that do not collide."""
    taken: set[str] = set()
    for lookup in repeated_lookups(scope):
        taken = taken or set(scope.taken_names)
        checks = KeptChecks(lookup)
        if checks.pointless:
            continue
        found = KeptAnswers(scope, lookup, checks.all())
        if all(p.status is not Status.REFUTED for p in found.preconditions):
            try:
                found.code = Memo(lookup, taken).patches()
            except Unwritable as error:
                problem = refuted(scope, "writable", error.reason, lookup.runs[0])
                found.preconditions = (*found.preconditions, problem)
            else:
                other = region(lookup, taken) if is_data(lookup.value) else None
                found.alternatives = (other,) if other is not None else ()
        yield found
