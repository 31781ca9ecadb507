"""Helpers with the loops that call them: what changes together."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition, Status, none_refuted, worst
from codemods.orm import batch_checks
from codemods.orm.batch_code import BatchCode
from codemods.orm.batch_fixes import Change, unwritable
from codemods.orm.batch_helpers import Helper
from codemods.orm.batch_levels import handed
from codemods.orm.batch_loops import Called
from codemods.orm.batch_sites import Site, sites
from codemods.orm.frames import Code as Function
from codemods.orm.frames import Program
from codemods.orm.given import brought_none, callers
from codemods.orm.given import given as all_given
from codemods.orm.keys import loaded_names
from codemods.orm.preconditions import refuted
from codemods.orm.query_code import Unwritable
from codemods.orm.varied import in_loops, loops_over, varied_by_callers
from codemods.patch import Patch

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.orm.values import Value


def unit(program: Program, code: Function) -> Unit | None:
    """A function as a helper; None while that is being found out, further up the stack."""
    known = program.one(_none_yet)
    if code not in known:
        known[code] = None
        known[code] = Unit(program, code)
    return known[code]


def _none_yet(program: Program) -> dict[Function, Unit | None]:
    return {}


class Unit:
    """A helper with all the loops of the project that call it.

    Args:
        function: the helper's.
    """

    def __init__(self, program: Program, function: Function) -> None:
        self.program = program
        self.function = function
        self.sites = tuple(self._sites())
        self.code: BatchCode | None = None
        self.patches: tuple[Patch, ...] = ()
        self.own: tuple[Precondition, ...] = ()
        self._tried: list[Helper] = []
        self.helper = self._helper()
        if self.helper is not None and len(self.helper.item) == 1 and self.helper.rules_out_null:
            self.helper = self._with_nones(self.helper)
        if self.helper is None:
            return
        never_none = batch_checks.never_none(self.helper, self._callers())
        self.own = worst((*batch_checks.of_helper(self.helper), never_none))
        if none_refuted(self.own):
            try:
                code = BatchCode(self.helper)
                self.patches = code.in_helper()
                self.code = code
            except Unwritable as error:
                self.own = (*self.own, unwritable(error, self.helper.scope))

    @property
    def asks_in_its_own_way(self) -> bool:
        """True if a loop can fetch by a function beside it, which asks more than others do for it."""
        return self.code is not None and self.helper is not None and not self.helper.only_hands_on

    @cached_property
    def calls(self) -> dict[ast.Call, Called]:
        """The calls in loops. A helper that is only handed data by another one never asks."""
        if self.helper is None:
            return {}
        calls = {site.call: Called(self.helper, site, self.code) for site in self.sites}
        for called in calls.values():
            self._written(called)
        self._with_neighbours(calls.values())
        return calls

    @staticmethod
    def _written(called: Called) -> None:
        """A loop before which nothing can be written stays as it is."""
        scope, code = called.site.scope, called.code
        if code is None or called.asked is None or not called.possible:
            return
        try:
            tuple(called.patches(code, set(scope.taken_names)))
        except Unwritable as error:
            called.conditions = (*called.conditions, unwritable(error, scope))

    def _with_neighbours(self, calls: Collection[Called]) -> None:
        """A loop of which one call cannot change keeps the others, too."""
        for called in calls:
            others = (o for o in calls if o.site.loops == called.site.loops)
            if called.possible and not all(other.possible for other in others):
                reason = f"another call of {self.function.name}() in this loop has to stay"
                condition = refuted(called.site.scope, "same-arguments", reason)
                called.conditions = worst((*called.conditions, condition))

    def _callers(self) -> Iterator[Scope]:
        assert self.function.facts is not None
        return map(self.program.scope, callers(self.program, self.function.facts))

    def _sites(self) -> Iterator[Site]:
        assert self.function.facts is not None
        for code in callers(self.program, self.function.facts):
            if loops_over(self.program, code, self.function.facts):
                found = sites(self.program.scope(code))
                yield from (site for site in found if site.frame.code is self.function)

    def _helper(self) -> Helper | None:
        """The helper as it depends on the parameter that most loops vary, and on others that loops
        vary where its queries ask for those, too."""
        facts = self.function.facts
        if facts is None:
            return None
        given = all_given(self.program, self.function)
        names = Counter(name for site in self.sites for name in site.varying)
        if not self.sites:
            names = Counter(varied_by_callers(self.program, self.function))
        if not self.sites or any(site.problem for site in self.sites):
            names.update({parameter.name: 0 for parameter in facts.parameters})
        own = {parameter.name for parameter in facts.parameters}
        if facts.owner is not None and "staticmethod" not in facts.decorators:
            # a call hands over no list of what the method is called on
            own -= {parameter.name for parameter in facts.parameters[:1]}
        helper = None
        for name in [name for name, _ in names.most_common() if name in own]:
            helper = self._by((name,), given, helper)
            if not helper.lookups and not helper.handed:
                continue
            listed = [parameter.arg for parameter in helper.parameters]
            others = {each for each in _asked_by(helper) if names[each]} - {name}
            several = tuple(each for each in listed if each in {name, *others})
            if name not in listed or len(several) == 1:
                return helper
            asking, fetched = len(helper.lookups), len(helper.moved)
            together = self._by(several, given, helper)
            if len(together.lookups) >= asking and len(together.moved) >= fetched:
                return together
            return self._by((name,), given, together)
        return None

    def _with_nones(self, helper: Helper) -> Helper:
        """The helper with what its callers bring, where that may be None; no part of a key of
        several may be."""
        brought = brought_none(self.program, self.function)
        if not brought:
            return helper
        given = all_given(self.program, self.function)
        other = Helper(self.program, self.function, helper.item, given, None, brought)
        other.settle(handed(other, lambda code: unit(self.program, code)))
        return other if len(other.moved) == len(helper.moved) else helper

    def _by(
        self, names: tuple[str, ...], given: Mapping[str, Value], other: Helper | None
    ) -> Helper:
        helper = Helper(self.program, self.function, names, given, other)
        helper.settle(handed(helper, lambda code: unit(self.program, code)))
        self._tried.append(helper)
        return helper

    @property
    def obstacles(self) -> tuple[Precondition, ...]:
        """Why it cannot be asked for many items at once."""
        if self.helper is None:
            return tuple(each for helper in self._tried for each in helper.obstacles)
        own = (each for each in self.own if each.status is Status.REFUTED)
        return (*own, *self.helper.obstacles)

    def conditions(self, called: Called) -> tuple[Precondition, ...]:
        """The preconditions of a finding: those of all that change with the loop, or of a loop that
        does not."""
        of_fix: tuple[Precondition, ...] = ()
        if self.code is not None and none_refuted(self.own) and called.possible:
            of_fix = tuple(self.change.conditions(called))
        return worst((*self.own, *called.conditions, *of_fix))

    def patches_for(self, called: Called) -> tuple[Patch, ...]:
        """The fix of a loop; nothing where there is none."""
        if self.code is None or not called.possible:
            return ()
        return self.change.patches(called)

    @property
    def possible(self) -> list[Called]:
        """The loops that can change."""
        return [called for called in self.calls.values() if called.possible]

    @property
    def inner(self) -> list[Unit]:
        """The helpers that this one hands a part of its data to."""
        codes = [each.site.frame.code for each in self.helper.handed] if self.helper else []
        return [found for code in dict.fromkeys(codes) if (found := unit(self.program, code))]

    @cached_property
    def outer(self) -> tuple[Unit, ...]:
        """The helpers that hand a part of their data to this one."""
        found = []
        for scope in self._callers():
            if not in_loops(self.program, scope.code):
                continue
            other = unit(self.program, scope.code)
            if other is not None and other.code is not None and self in other.inner:
                found.append(other)
        return tuple(found)

    @cached_property
    def active(self) -> bool:
        """True if there is a loop that hands over what it has fetched, maybe through others."""
        return self.code is not None and (
            bool(self.possible) or any(other.active for other in self.outer)
        )

    @cached_property
    def together(self) -> tuple[Unit, ...]:
        """All helpers that change with this one."""
        found = [self]
        for each in found:
            others = [*(other for other in each.outer if other.active), *each.inner]
            found += [other for other in dict.fromkeys(others) if other not in found]
        return tuple(found)

    @cached_property
    def change(self) -> Change:
        """What changes with this helper."""
        first = min(self.together, key=lambda each: str(each.function.facts))
        return Change(self.together) if first is self else first.change


def _asked_by(helper: Helper) -> set[str]:
    """The variables of a helper that its queries ask by, and those that they are made from."""
    found = {
        name
        for lookup in helper.lookups
        for predicate in lookup.query.predicates
        if predicate.is_equality
        for name in loaded_names(predicate.node)
    }
    size = -1
    while size != len(found):
        size = len(found)
        for node in walk(helper.node):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(
                    target=ast.Name(id=name), value=ast.expr() as value
                ) if (name in found):
                    found |= loaded_names(value)
    return found
