"""Helpers that ask per item of a loop, with the loops that call them: what `batch-helper` reports."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from codemods.finding import Amount, Cost, Note, Precondition, Role, Status
from codemods.orm import batch_checks, chunks
from codemods.orm.batch_code import BatchCode
from codemods.orm.batch_helpers import Helper, Moved
from codemods.orm.batch_loops import Called
from codemods.orm.batch_sites import Site, sites
from codemods.orm.batch_slices import assigned_in
from codemods.orm.events import Loop
from codemods.orm.frames import Code as Function
from codemods.orm.frames import Program
from codemods.orm.hoisting import Hoist
from codemods.orm.instances import Instance
from codemods.orm.naming import plural
from codemods.orm.preconditions import refuted
from codemods.orm.requery import Unwritable
from codemods.orm.values import (
    ANYTHING,
    Cell,
    Items,
    Origin,
    Plain,
    Row,
    Session,
    Unknown,
    Value,
    join,
    may_be_none,
)
from codemods.patch import Patch
from codemods.source import Place

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_UNITS: WeakKeyDictionary[Program, dict[Function, Unit]] = WeakKeyDictionary()


class Unit:
    """A helper with all the loops of the project that call it, which change together.

    Args:
        code: the helper's.
    """

    def __init__(self, program: Program, code: Function) -> None:
        self.program = program
        self.function = code
        self.problem: Precondition | None = None
        self.sites = tuple(self._sites())
        self.helper = self._helper()
        if self.helper is None:
            return
        self.code: BatchCode | None = None
        own = batch_checks.worst(batch_checks.of_helper(self.helper))
        if all(condition.status is not Status.REFUTED for condition in own):
            try:
                self.code = BatchCode(self.helper)
            except Unwritable as error:
                own = (*own, self._unwritable(error, self.helper.scope))
        self.own = own
        self.calls = {site.call: Called(self.helper, site, self.code) for site in self.sites}
        self._with_neighbours()
        self.patches = self._patches()

    def _with_neighbours(self) -> None:
        """A loop of which one call cannot change keeps the others, too."""
        for called in self.calls.values():
            others = (o for o in self.calls.values() if o.site.loops == called.site.loops)
            if called.possible and not all(other.possible for other in others):
                reason = f"another call of {self.function.name}() in this loop has to stay"
                condition = refuted(called.site.scope, "same-arguments", reason)
                called.conditions = batch_checks.worst((*called.conditions, condition))

    def _callers(self, looping: bool = False) -> Iterator[Scope]:
        assert self.function.facts is not None
        for facts in self.program.reach.mentions(self.function.facts).functions:
            code = self.program.code(facts) if facts.has_loop or not looping else None
            if code is not None:
                yield self.program.scope(code)

    def _sites(self) -> Iterator[Site]:
        for scope in self._callers(looping=True):
            yield from (site for site in sites(scope) if site.frame.code is self.function)

    def _helper(self) -> Helper | None:
        """The helper as it depends on the parameter that most loops vary."""
        given = self._given()
        names = Counter(name for site in self.sites for name in site.varying)
        facts = self.function.facts
        if facts is not None and any(site.problem for site in self.sites):
            names.update({parameter.name: 0 for parameter in facts.parameters})
        own = {parameter.name for parameter in facts.parameters} if facts is not None else set()
        for name in [name for name, _ in names.most_common() if name in own]:
            helper = Helper(self.program, self.function, name, given)
            if helper.lookups:
                return helper
        return None

    def _given(self) -> dict[str, Value]:
        """What all callers hand to the parameters, if all of them are known."""
        facts = self.function.facts
        assert facts is not None
        own = facts.parameters[1:] if facts.owner is not None else facts.parameters
        mentions = self.program.reach.mentions(facts)
        if mentions.elsewhere is not None or all(p.annotation for p in own):
            return {}
        found: dict[str, Value] = {}
        for scope in self._callers():
            frames = [f for f in scope.flow.frames if f.code is self.function and f.env]
            if not frames:
                return {}
            for frame in frames:
                for name in (parameter.name for parameter in facts.parameters):
                    value = _bare(frame.env.get(name))
                    found[name] = join(found[name], value) if name in found else value
        changed = assigned_in(self.function.node)
        return {
            name: value
            for name, value in found.items()
            if not isinstance(value, Unknown) and name not in changed
        }

    @staticmethod
    def _unwritable(error: Unwritable, scope: Scope) -> Precondition:
        place = scope.place(error.node) if isinstance(error.node, ast.expr | ast.stmt) else None
        return Precondition("writable", Status.REFUTED, error.reason, place)

    @property
    def together(self) -> list[Called]:
        """The loops that change."""
        return [called for called in self.calls.values() if called.possible]

    def _patches(self) -> tuple[Patch, ...]:
        """All that changes; nothing where there is no way to write it."""
        if self.code is None or not self.together:
            return ()
        scope: Scope = self.code.scope
        try:
            patches = list(self.code.in_helper())
            taken: dict[Scope, set[str]] = {}
            done: list[Called] = []
            renamed: set[Loop] = set()
            for called in self.together:
                scope, extra = called.site.scope, self.code.extra
                names = taken.setdefault(scope, set(scope.taken_names))
                earlier = next((o for o in done if called.shares(o, extra)), None)
                if earlier is not None:
                    called.shared = True
                    patches.append(called.handed(self.code, earlier.name))
                    continue
                called.renamed = renamed
                patches += called.patches(self.code, names)
                done.append(called)
        except Unwritable as error:
            self.own = (*self.own, self._unwritable(error, scope))
            return ()
        return tuple(dict.fromkeys(patches))

    def conditions(self, call: ast.Call) -> tuple[Precondition, ...]:
        """The preconditions of a finding: those of all that change, or of a loop that does not."""
        called = self.calls[call]
        if not called.possible:
            return batch_checks.worst((*self.own, *called.conditions))
        others = (c for other in self.together for c in other.conditions)
        return batch_checks.worst((*self.own, *called.conditions, *others))


def _bare(value: Value | None) -> Value:
    """A value without where it comes from."""
    match value:
        case Row():
            return replace(value, origins=(Origin(None),))
        case Cell():
            return replace(value, row=None)
        case Plain():
            return Plain(value.kind, may_be_none(value))
        case Session() | Instance():
            return value
    return ANYTHING


@dataclass(eq=False)
class Batch:
    """A call in a loop of a helper that asks queries for each item."""

    unit: Unit
    called: Called

    @property
    def scope(self) -> Scope:
        return self.called.site.scope

    @property
    def helper(self) -> Helper:
        return self.called.helper

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        return self.unit.conditions(self.called.site.call)

    @property
    def possible(self) -> bool:
        return bool(self.unit.patches) and all(
            condition.status is not Status.REFUTED for condition in self.preconditions
        )

    def patches(self) -> tuple[Patch, ...]:
        return self.unit.patches

    @property
    def place(self) -> Place:
        return self.scope.place(self.called.site.call)

    @cached_property
    def _hoist(self) -> Hoist:
        """The call as a lookup of the loop, for its words."""
        lookup = self.called.asked
        if lookup is None:
            own = self.helper.lookups[0]
            lookup = replace(own, scope=self.scope, run=self.called.site.runs[0])
        return Hoist(self.scope, lookup, ())

    @property
    def message(self) -> str:
        count = self.helper.most
        what = "a query" if count == 1 else f"{count} queries"
        return f"{self.helper.name}() sends {what} for each {self._hoist.item} of this loop"

    @property
    def title(self) -> str:
        return f"Fetch what {self.helper.name}() looks up before the loop"

    @property
    def related(self) -> Iterator[Note]:
        scope = self.scope
        loop = self.called.site.loops[-1]
        yield scope.note(Role.LOOP, loop.iterable, f"for each of these {self._hoist.items}")
        for lookup in self.helper.lookups:
            text = f"{self.helper.name}() sends this query"
            yield Note(Role.QUERY, self.helper.scope.place(lookup.expression), text)

    @property
    def cost(self) -> Cost:
        site, items = self.called.site, self._hoist.items
        loop = site.loops[0]
        own = isinstance(loop.items, Items) and loop.items.run is not None
        base = "1 + " if own else ""
        count, left = self.helper.most, self.helper.most_left()
        before = Amount(base + _times(count, items), items)
        if not self.possible:
            return Cost(before, None)
        keys = Counter(self._keys(moved) for moved in self.helper.moved)
        if self.called.shared:
            keys.clear()
        batch = chunks.batch_size(self.helper.scope)
        after = [_times(number, f"⌈{name}/{batch}⌉") for name, number in keys.items()]
        if left:
            after.append(_times(left, items))
        statements = base + " + ".join(after)
        return Cost(before, Amount(statements.removesuffix(" + ") or "0", " + ".join(keys) or "0"))

    def _keys(self, moved: Moved) -> str:
        """What one calls the different keys of a query."""
        asked = self.called.asked
        assert asked is not None
        parts = moved.lookup.parts
        if all(isinstance(p.operand, ast.Name) and not p.attribute for p in parts):
            if isinstance(asked.parts[0].operand, ast.Name):
                name = plural(self.helper.item)
                return f"distinct_{name}" if name == self._hoist.items else name
            parts = asked.parts
        return Hoist(self.scope, replace(asked, parts=parts), ()).keys


def _times(count: int, what: str) -> str:
    return what if count == 1 else f"{count}·{what}"


def batches(scope: Scope) -> Iterator[Batch]:
    """Every call in a loop of a function that leads to queries which depend on the item."""
    if scope.code.facts is None:
        return
    for site in sites(scope):
        units = _UNITS.setdefault(scope.program, {})
        code = site.frame.code
        if code not in units:
            units[code] = Unit(scope.program, code)
        unit = units[code]
        if unit.helper is not None and site.call in unit.calls:
            yield Batch(unit, unit.calls[site.call])
