"""What changes together: a helper, the helpers that it hands on to, and the loops that call them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.finding import Precondition, Status
from codemods.orm.batch_loops import Called
from codemods.orm.query_code import Unwritable
from codemods.patch import Patch

if TYPE_CHECKING:
    from codemods.orm.batch_units import Unit
    from codemods.orm.events import Loop
    from codemods.orm.headers import Header
    from codemods.orm.scope import Scope


@dataclass(eq=False)
class Step:
    """Loops that change together.

    Args:
        groups: their calls, those in one loop together.
        needs: the steps with the loops whose fetches serve these ones, too.
        written: what changes in the functions of the loops.
    """

    groups: list[list[Called]]
    needs: list[Step] = field(default_factory=list)
    written: list[Patch] = field(default_factory=list)

    @property
    def with_needs(self) -> list[Step]:
        """This step and all that it cannot do without, those first."""
        found = [each for step in self.needs for each in step.with_needs]
        return [*dict.fromkeys(found), self]

    @property
    def calls(self) -> list[Called]:
        return [called for step in self.with_needs for group in step.groups for called in group]


class Change:
    """Helpers that hand data to each other, with all the loops that call them.

    The loops of which everything is proven are one step, and each loop with a doubt is one of its
    own. What a step changes beside the helpers and in them is the same for every other step.

    Args:
        units: the helpers.
    """

    def __init__(self, units: tuple[Unit, ...]) -> None:
        self.units = units
        self._problem: Precondition | None = None
        handing = {
            each.site.call: each
            for unit in units
            if unit.active and unit.helper is not None
            for each in unit.helper.handed
        }
        self._handed = list(handing.values())
        calls = [
            called for unit in units for called in unit.possible if called.site.call not in handing
        ]
        for unit in units:
            for called in unit.calls.values():
                inner = handing.get(called.site.call)
                called.shared = inner is not None and inner.again is not None
        self._steps = self._written(self._apart(calls))

    # One call ---------------------------------------------------------------------------------

    def patches(self, called: Called) -> tuple[Patch, ...]:
        """All that changes with a loop; nothing where there is no way to write it."""
        step = self._step(called)
        if step is None:
            return ()
        helpers = [patch for unit in self._changed(step.calls) for patch in unit.patches]
        loops = [patch for each in step.with_needs for patch in each.written]
        return tuple(dict.fromkeys([*helpers, *loops]))

    def conditions(self, called: Called) -> Iterator[Precondition]:
        """What must hold for all that changes with a loop."""
        step = self._step(called)
        if step is None:
            if self._problem is not None:
                yield self._problem
            return
        yield from self._of_all(step.calls)

    def _of_all(self, calls: Sequence[Called]) -> Iterator[Precondition]:
        """What must hold for these calls, and for the helpers that they lead to."""
        units = self._changed(calls)
        for unit in units:
            yield from unit.own
        for called in calls:
            yield from called.conditions
        helpers = {unit.helper for unit in units}
        for handed in self._handed:
            if handed.outer in helpers:
                yield from handed.conditions

    def _step(self, called: Called) -> Step | None:
        """The step that changes a loop, or the helper that has the loop."""
        for step in self._steps:
            if called in step.calls:
                return step
        outer = [each.outer for each in self._handed if each.site.call is called.site.call]
        for step in self._steps:
            if any(unit.helper in outer for unit in self._changed(step.calls)):
                return step
        return None

    def _changed(self, calls: Iterable[Called]) -> list[Unit]:
        """The helpers that are called, with those that they hand on to."""
        helpers = {called.helper for called in calls}
        found = [unit for unit in self.units if unit.helper in helpers]
        for each in found:
            found += [inner for inner in each.inner if inner not in found]
        return [unit for unit in self.units if unit in found]

    # All of them ------------------------------------------------------------------------------

    def _apart(self, calls: Iterable[Called]) -> list[Step]:
        """The loops that change together, those without a doubt first."""
        groups: dict[tuple[Scope, Loop], list[Called]] = {}
        for called in calls:
            groups.setdefault((called.site.scope, called.site.loops[0]), []).append(called)
        sure: list[list[Called]] = []
        doubtful: list[list[Called]] = []
        for group in groups.values():
            proven = all(each.status is Status.PROVEN for each in self._of_all(group))
            (sure if proven else doubtful).append(group)
        return [*([Step(sure)] if sure else []), *(Step([group]) for group in doubtful)]

    def _written(self, steps: Iterable[Step]) -> list[Step]:
        """The steps with what they write; loops before which nothing can be written stay."""
        taken: dict[Scope, set[str]] = {}
        done: dict[Called, Step] = {}
        for step in steps:
            renamed: dict[Loop, Header] = {}
            for group in list(step.groups):
                try:
                    written = self._of_group(group, step, taken, done, renamed)
                except Unwritable as error:
                    step.groups.remove(group)
                    self._problem = unwritable(error, group[0].site.scope)
                    for called in group:
                        called.conditions = (*called.conditions, self._problem)
                else:
                    step.written += written
        return [step for step in steps if step.groups]

    def _of_group(
        self,
        group: list[Called],
        step: Step,
        taken: dict[Scope, set[str]],
        done: dict[Called, Step],
        renamed: dict[Loop, Header],
    ) -> list[Patch]:
        """What changes for the calls in one loop.

        Args:
            taken: names that must not be used in the loops' functions.
            done: the calls before these ones that fetch themselves, and their steps.
            renamed: the headers of loops whose items have got a name.

        Raises:
            Unwritable: where there is no way to write it.
        """
        patches: list[Patch] = []
        own: list[Called] = []
        for called in group:
            assert called.code is not None
            scope, code = called.site.scope, called.code
            names = taken.setdefault(scope, self._taken(scope))
            earlier = next((o for o in (*done, *own) if called.shares(o, code.extra)), None)
            if earlier is not None:
                called.shared = True
                patches.append(called.handed(code, earlier.name))
                if (other := done.get(earlier, step)) not in (step, *step.needs):
                    step.needs.append(other)
                continue
            called.renamed = renamed
            patches += called.patches(code, names)
            own.append(called)
        done.update(dict.fromkeys(own, step))
        return patches

    def _taken(self, scope: Scope) -> set[str]:
        """Names that a new variable of a loop's function must not have."""
        own = (unit.code for unit in self.units if unit.function is scope.code)
        return {*scope.taken_names, *(code.parameter for code in own if code is not None)}


def unwritable(error: Unwritable, scope: Scope) -> Precondition:
    """What a fix lacks that there is no way to write."""
    place = scope.place(error.node) if isinstance(error.node, ast.expr | ast.stmt) else None
    return Precondition("writable", Status.REFUTED, error.reason, place)
