"""Collections that a function loads of the one row that each of its callers has fetched for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.finding import Amount, Cost, Note, Precondition, Role
from codemods.orm import eager
from codemods.orm.eager_async import LoneRead, is_loaded_alone, lone_read
from codemods.orm.mentions import has_tests
from codemods.orm.naming import snake, words
from codemods.orm.preconditions import refuted

if TYPE_CHECKING:
    from codemods.orm.events import Read
    from codemods.orm.scope import Scope

_ONE = frozenset({"first", "one", "one_or_none", "scalar_one", "scalar_one_or_none"})


@dataclass(frozen=True, eq=False)
class HandedRow:
    """A collection that a function reads of a parameter, and what its callers hand over."""

    scope: Scope = field(repr=False)
    read: Read
    handed: tuple[LoneRead, ...]

    @property
    def label(self) -> str:
        return f"{self.read.step.model.name}.{self.read.step.relationship.name}"

    @property
    def message(self) -> str:
        name = getattr(self.scope.node, "name", "it")
        return f"each call of {name}() loads {self.label}, which its callers have not fetched"

    @property
    def cost(self) -> Cost:
        items = self.read.step.relationship.name
        return Cost(Amount("2", f"1 + {items}"), Amount("1", items))

    @property
    def related(self) -> Iterator[Note]:
        for lone in self.handed:
            root = lone.run.query.roots[0]
            if self.scope.placed(root):
                what = words(snake(self.read.row.model.name))
                yield self.scope.note(
                    Role.QUERY, root, f"{lone.scope.code.title} fetches the {what}"
                )

    @property
    def condition(self) -> Precondition:
        name = self.read.step.relationship.name
        reason = (
            f"for one row selectinload() sends as many statements; joinedload() in "
            f"{self.handed[0].scope.code.title} brings both at once, the row once for each of {name}"
        )
        return refuted(self.scope, "saves-statements", reason, self.read)


def handed_rows(scope: Scope) -> Iterator[HandedRow]:
    """The collections that a function reads of a row which no caller has fetched them with."""
    node, facts = scope.node, scope.code.facts
    if facts is None or isinstance(node, ast.Module) or has_tests(scope.module, scope.index.root):
        return
    wanted = [read for read in scope.reads if _is_wanted(read)]
    if not wanted:
        return
    mentions = scope.program.words.mentions(facts)
    if mentions.elsewhere is not None or not mentions.functions:
        return
    callers = [scope.program.code(each) for each in mentions.functions]
    if None in callers or scope.code in callers:
        return
    for read in wanted:
        found: list[LoneRead] = []
        for caller in callers:
            assert caller is not None
            lone = _fetched(scope.program.scope(caller), scope, read)
            if lone is None:
                break
            found.append(lone)
        else:
            yield HandedRow(scope, read, tuple(found))


def _is_wanted(read: Read) -> bool:
    """True for a collection of a parameter, which every call reads."""
    return (
        read.own
        and not read.loops
        and not read.branches
        and not any(origin.run or origin.path for origin in read.row.origins)
        and not read.row.new
        and read.step.relationship.uselist is True
        and not read.awaited
    )


def _fetched(caller: Scope, scope: Scope, read: Read) -> LoneRead | None:
    """The read as a caller leads to it, by a query for one row of its own."""
    found = [
        each
        for each in caller.reads
        if each.node is read.node and each.frame.caller is caller.flow.root
    ]
    if len({each.frame for each in found}) != 1 or found[0].loops:
        return None
    match found[0].row.origins:
        case [origin] if origin.run in caller.own_runs and not origin.path:
            pass
        case _:
            return None
    run = origin.run
    assert run is not None
    path = eager.shortened((found[0].step,))
    if run.terminal not in _ONE or run.loops or not path:
        return None
    earlier = (each for each in caller.reads if each.index < found[0].index)
    if any(each.step == found[0].step for each in earlier):
        return None
    lone = lone_read(caller, found[0], origin, path)
    return lone if not lone.fails and is_loaded_alone(lone) else None
