"""Eager loads that one statement joins: collections whose rows multiply, and too many tables."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Precondition
from codemods.formula import sum_of
from codemods.orm import rounds
from codemods.orm.eager import Names
from codemods.orm.growth import SINGLE
from codemods.orm.names import COLUMN_LOADERS
from codemods.orm.naming import plural, singular, snake, words
from codemods.orm.outdated_loaders import Part, loader_chains
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.values import Step
from codemods.patch import Code, Copied, DropImport, Import, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.scope import Scope

_JOINS = frozenset({"joinedload", "contains_eager"})
# What sends the query and loads nothing eagerly.
_LOADS_NOTHING = frozenset({"count", "exists", "delete", "update"})
_CHUNK = 500


@dataclass(frozen=True, eq=False)
class Joined:
    """One `joinedload()` of a query: its path, and the path that its statement begins with."""

    part: Part
    step: Step
    path: Names
    statement: Names

    @property
    def label(self) -> str:
        return f"{self.step.model.name}.{self.step.relationship.name}"

    @property
    def many(self) -> bool:
        return self.step.relationship.uselist is True


@dataclass(frozen=True, eq=False)
class JoinedLoads:
    """What one statement joins for eager loading: all of it, and what is better loaded apart."""

    scope: Scope = field(repr=False)
    run: Run
    joined: tuple[Joined, ...]
    chains: tuple[tuple[Part, ...], ...]

    @cached_property
    def collections(self) -> tuple[Joined, ...]:
        return tuple(load for load in self.joined if load.many)

    @cached_property
    def apart(self) -> tuple[Joined, ...]:
        """What a statement of its own should load: the collections, and what is too many."""
        found: list[Joined] = []
        joins: Counter[Names] = Counter()
        for load in self.joined:
            outer = max((o.path for o in found if _below(load, o)), key=len, default=())
            collections = load.many and (self.multiplied or self.limited)
            crowded = not self.single and joins[outer] >= self.scope.settings.max_joins
            if collections or crowded:
                found.append(load)
            else:
                joins[outer] += 1
        return tuple(found)

    @property
    def single(self) -> bool:
        """True if the query finds one row at most."""
        return self.run.terminal in SINGLE or self.run.query.limit == 1

    @property
    def multiplied(self) -> bool:
        return len(self.collections) > 1

    @property
    def limited(self) -> bool:
        """True if the collections are joined to a query with LIMIT, which becomes a subquery."""
        query = self.run.query
        cut = query.has("limit", "offset", "slice") or self.run.terminal in ("slice", "paginate")
        return (
            bool(self.collections)
            and bool(cut)
            and not self.single
            and not self.joined[0].statement
        )

    @property
    def side_by_side(self) -> tuple[Joined, Joined] | None:
        """Two collections, none of which is one of the other's rows."""
        for number, one in enumerate(self.collections):
            for other in self.collections[number + 1 :]:
                if not _below(one, other) and not _below(other, one):
                    return one, other
        return None

    # What is said -------------------------------------------------------------------------

    @property
    def message(self) -> str:
        if (pair := self.side_by_side) is not None:
            labels = " and ".join(load.label for load in pair)
            return f"{labels} are joined in one statement, which fetches each with each"
        if self.multiplied:
            outer, inner = self.collections[:2]
            one, other = (singular(load.step.relationship.name) for load in (outer, inner))
            return (
                f"{outer.label} and {inner.label} are joined in one statement, which repeats "
                f"the {words(one)} for every {words(other)}"
            )
        if self.limited:
            label = self.collections[0].label
            return f"{label} is joined to a query with LIMIT, which becomes a subquery for it"
        return (
            f"{len(self.joined)} relationships are joined in one statement, more than max-joins "
            f"({self.scope.settings.max_joins})"
        )

    @property
    def title(self) -> str:
        names = [".".join(load.path) for load in self.apart]
        last = names.pop()
        listed = f"{', '.join(names)} and {last}" if names else last
        return f"Load {listed} with selectinload()"

    @property
    def node(self) -> ast.Call:
        return self.apart[0].part.call

    @cached_property
    def root(self) -> str:
        model = self.run.query.model
        return plural(snake(model.name)) if model is not None else "rows"

    @property
    def cost(self) -> Cost:
        times = rounds.times(self.run.loops) if self.run.loops else "1"
        more = [self._statements(load) for load in self.apart]
        after = sum_of("1", *more)
        if self.run.loops:
            after = f"{times}·({after})"
        names = [load.step.relationship.name for load in self.collections]
        fetched = "·".join(names) if self.side_by_side is not None else (names or [self.root])[-1]
        apart = list(dict.fromkeys([self.root, *names]))
        return Cost(Amount(times, fetched), Amount(after, " + ".join(apart)))

    def _statements(self, load: Joined) -> str:
        """How many statements load it apart: one for each 500 of the rows that have it."""
        if len(load.path) > 1:
            return f"⌈{plural(load.path[-2])}/{_CHUNK}⌉"
        return "1" if self.single else f"⌈{self.root}/{_CHUNK}⌉"

    # What has to hold -----------------------------------------------------------------------

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        return (
            self._outer_join(),
            self._not_locked(),
            self._item_order(),
            self._one_key(),
            self._worth_it(),
        )

    def _outer_join(self) -> Precondition:
        name = "outer-join"
        for load in self.apart:
            if load.part.call.keywords or load.step.relationship.innerjoin:
                text = f"the join of {load.label} leaves out rows that have none"
                return refuted(self.scope, name, text, self.run)
        return proven(name, "the joins leave out no rows")

    def _not_locked(self) -> Precondition:
        name = "not-locked"
        if self.run.query.has("with_for_update"):
            return refuted(self.scope, name, "the statement locks what it joins", self.run)
        return proven(name, "the statement locks no rows")

    def _item_order(self) -> Precondition:
        name = "item-order"
        for load in self.apart:
            relationship = load.step.relationship
            target = self.scope.index.model(relationship.target) if relationship.target else None
            if not load.many:
                continue
            known = {*relationship.order_by, *relationship.remote_keys}
            sorts = bool(relationship.order_by)
            if target is None or not sorts or not target.is_unique(frozenset(known)):
                text = f"nothing says in what order the items of {load.label} come"
                return unknown(self.scope, name, text, self.run)
        return proven(name, "the items keep the order that is declared")

    def _one_key(self) -> Precondition:
        name = "row-values"
        databases = set(self.scope.settings.database)
        for load in self.apart:
            if len(load.step.model.primary_key) > 1 and (not databases or "mssql" in databases):
                text = f"SQL Server has no IN for the key of {load.step.model.name}"
                return unknown(self.scope, name, text, self.run)
        return proven(name, "the rows can be found by their keys")

    def _worth_it(self) -> Precondition:
        number = len(self.apart)
        more = "a statement" if number == 1 else f"{number} statements"
        text = f"this sends {more} more, which a few rows are not worth"
        return unknown(self.scope, "worth-a-statement", text, self.run)

    # How it is written ------------------------------------------------------------------------

    def patches(self) -> tuple[Patch, ...]:
        scope, changed = self.scope, {load.path for load in self.apart}
        found: list[Patch] = []
        for chain in self.chains:
            calls = {part.call for part, path in _paths(chain) if path in changed} & {
                part.call for part in chain if part.strategy == "joinedload"
            }
            if calls:
                place = scope.place(chain[-1].call)
                found.append(
                    Replace(place, Code.of("{option}", option=self._written(chain, calls)))
                )
        place = scope.place(self.node)
        if any(isinstance(part.call.func, ast.Name) for chain in self.chains for part in chain):
            found.append(Import(place, "sqlalchemy.orm", "selectinload"))
            found.append(DropImport(place, "joinedload"))
        return tuple(found)

    def _written(self, chain: tuple[Part, ...], calls: set[ast.Call]) -> Copied:
        """A chain of loaders with another strategy for some of its calls."""
        *before, last = chain
        place, function = self.scope.place, last.call.func
        name = "selectinload" if last.call in calls else last.strategy
        if isinstance(function, ast.Name):
            code = Code.of(name)
            return Copied(
                place(last.call),
                substitute=((place(function), code),) if last.call in calls else (),
            )
        assert isinstance(function, ast.Attribute)
        owner = self._written(tuple(before), calls) if before else Copied(place(function.value))
        code = Code.of(f"{{owner}}.{name}", owner=owner)
        return Copied(place(last.call), substitute=((place(function), code),))


def joined_loads(scope: Scope) -> Iterator[JoinedLoads]:
    """Every statement of the function's own that joins more than it should."""
    seen: set[ast.Call] = set()
    for run in scope.own_runs:
        query = run.query
        if not query.option_calls or run.terminal in _LOADS_NOTHING:
            continue
        if query.has("yield_per", "from_statement", "with_entities") or query.opaque is not None:
            continue
        if any(call in seen for call in query.option_calls):
            continue
        if not all(scope.placed(call) for call in query.option_calls):
            continue
        chains = tuple(chain for chain in loader_chains(scope, run) if chain)
        statements: dict[Names, dict[Names, Joined]] = {}
        for chain in chains:
            for load in _joined(chain):
                statements.setdefault(load.statement, {}).setdefault(load.path, load)
        for loads in statements.values():
            found = JoinedLoads(scope, run, tuple(loads.values()), chains)
            if found.apart:
                seen.update(query.option_calls)
                yield found


def _joined(chain: tuple[Part, ...]) -> Iterator[Joined]:
    statement: Names = ()
    for part, path in _paths(chain):
        if part.strategy == "joinedload":
            assert part.step is not None
            yield Joined(part, part.step, path, statement)
        elif part.strategy not in _JOINS:
            statement = path


def _paths(chain: tuple[Part, ...]) -> Iterator[tuple[Part, Names]]:
    """The calls of a chain that load a relationship each, with their paths."""
    path: Names = ()
    for part in chain:
        if part.strategy in COLUMN_LOADERS:
            continue
        if part.step is None:
            return
        path = (*path, part.step.relationship.name)
        yield part, path


def _below(inner: Joined, outer: Joined) -> bool:
    """True if one loads what the rows of the other have."""
    return len(inner.path) > len(outer.path) and inner.path[: len(outer.path)] == outer.path
