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

_ONE = frozenset({
    "first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "get", "get_one",
})  # fmt: skip
# More callers than these say no more.
_SHOWN = 5


@dataclass(frozen=True, eq=False)
class HandedRow:
    """A collection that the function `home` reads of a parameter, and what its callers hand over."""

    home: Scope = field(repr=False)
    read: Read
    handed: tuple[LoneRead, ...]

    @property
    def label(self) -> str:
        return f"{self.read.step.model.name}.{self.read.step.relationship.name}"

    @property
    def message(self) -> str:
        name = getattr(self.home.node, "name", "it")
        return f"each call of {name}() loads {self.label}, which its callers have not fetched"

    @property
    def cost(self) -> Cost:
        items = self.read.step.relationship.name
        return Cost(Amount("2", f"1 + {items}"), Amount("1", items))

    @property
    def related(self) -> Iterator[Note]:
        for lone in self.handed[:_SHOWN]:
            root = lone.run.query.roots[0]
            if lone.scope.placed(root):
                what = words(snake(self.read.row.model.name))
                told = f"{lone.scope.code.title} fetches the {what}"
                yield lone.scope.note(Role.QUERY, root, told)

    @property
    def condition(self) -> Precondition:
        name = self.read.step.relationship.name
        reason = (
            f"for one row selectinload() sends as many statements; joinedload() in "
            f"{self.handed[0].scope.code.title} brings both at once, the row once for each of {name}"
        )
        return refuted(self.handed[0].scope, "saves-statements", reason, self.read)


def handed_rows(scope: Scope) -> Iterator[HandedRow]:
    """The collections that functions read of a row which this one hands them, and which no caller
    has fetched them with. Of several callers the first tells of it."""
    if isinstance(scope.node, ast.Module) or has_tests(scope.module, scope.index.root):
        return
    seen: set[ast.AST] = set()
    for read in scope.reads:
        if read.frame.caller is not scope.flow.root or read.node in seen or not _is_wanted(read):
            continue
        seen.add(read.node)
        handed = tuple(_from_all_callers(scope, read))
        if handed and handed[0].scope is scope:
            yield HandedRow(scope.program.scope(read.frame.code), read, handed)


def _from_all_callers(scope: Scope, read: Read) -> list[LoneRead]:
    """The read as each caller of the function leads to it; empty where one has the collection, or
    does not show it."""
    facts = read.frame.code.facts
    if facts is None or _fetched(scope, read) is None:
        return []
    mentions = scope.program.words.mentions(facts)
    if mentions.elsewhere is not None:
        return []
    found: list[LoneRead] = []
    for each in sorted(mentions.functions, key=lambda f: (f.place.path, f.place.span.start)):
        caller = scope.program.code(each)
        if caller is None or caller is read.frame.code:
            return []
        lone = _fetched(scope.program.scope(caller), read)
        if lone is None:
            return []
        found.append(lone)
    return found


def _is_wanted(read: Read) -> bool:
    """True for a collection of a parameter, which every call reads."""
    frame = read.frame
    return (
        read.loops == frame.loops
        and read.branches == frame.branches
        and not isinstance(frame.code.node, ast.Lambda)
        and not read.row.new
        and read.step.relationship.uselist is True
        and not (read.awaited or read.reload)
    )


def _fetched(caller: Scope, read: Read) -> LoneRead | None:
    """The read as a caller leads to it, by a query for one row."""
    found = [
        each
        for each in caller.reads
        if each.node is read.node and each.frame.caller is caller.flow.root
    ]
    if len({each.frame for each in found}) != 1 or found[0].loops:
        return None
    match found[0].row.origins:
        case [origin] if origin.run is not None and not origin.path:
            pass
        case _:
            return None
    run = origin.run
    path = eager.shortened((found[0].step,))
    if run.terminal not in _ONE or run.loops or not path or run.frame is found[0].frame:
        return None
    earlier = (each for each in caller.reads if each.index < found[0].index)
    if any(each.step == found[0].step for each in earlier):
        return None
    lone = lone_read(caller, found[0], origin, path)
    return lone if not lone.fails and is_loaded_alone(lone) else None
