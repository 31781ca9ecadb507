"""New rows that are appended to a collection which has to be loaded for it first."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm import rounds
from codemods.orm.events import Loop, Read
from codemods.orm.mentions import is_test

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_GROWING = frozenset({"append", "add", "extend", "update"})


@dataclass(frozen=True, eq=False)
class Append:
    """`order.lines.append(line)`, the only use of `order.lines` in the function."""

    scope: Scope
    loop: Loop
    read: Read
    call: ast.Call

    @property
    def reverse(self) -> str | None:
        """`Line.order`, to assign instead, where the relationship has an other side."""
        relationship = self.read.step.relationship
        target = self.scope.index.model(relationship.target) if relationship.target else None
        if target is None or relationship.secondary:
            return None
        name = relationship.back_populates
        if name is None:
            name = next(
                (
                    other.name
                    for other in target.relationships.values()
                    if other.back_populates == relationship.name and other.to_one
                ),
                None,
            )
        return f"{target.name}.{name}" if name in target.relationships else None


def appends(scope: Scope) -> Iterator[Append]:
    """The collections that a function's loops load for each row, only to add to them."""
    if is_test(scope.module, scope.index.root):
        return
    for read in scope.reads:
        if not read.own or not read.loops or read.awaited or read.reload:
            continue
        loop = read.loops[-1]
        relationship = read.step.relationship
        if relationship.uselist is not True or relationship.lazy != "select":
            continue
        call = _growing(scope, read)
        if call is None or rounds.is_short(loop) or rounds.is_retried(loop):
            continue
        if _is_loaded(scope, loop, read) or _is_read(scope, read):
            continue
        yield Append(scope, loop, read, call)


def _growing(scope: Scope, read: Read) -> ast.Call | None:
    """The `append()` or its like that the collection is read for."""
    attribute = scope.parents.get(read.node)
    call = scope.parents.get(attribute) if attribute is not None else None
    if (
        isinstance(attribute, ast.Attribute)
        and attribute.attr in _GROWING
        and isinstance(call, ast.Call)
        and call.func is attribute
    ):
        return call
    return None


def _is_loaded(scope: Scope, loop: Loop, read: Read) -> bool:
    """True unless the row is the loop's own, and its query has loaded no collection with it."""
    for origin in read.row.origins:
        run = origin.run
        if run is None or run.query.loaders or run.query.option_calls or origin.path:
            return True
        if run.query.has("options", "execution_options", "populate_existing"):
            return True
        within = loop.first <= run.index <= loop.last and run.terminal != "get"
        if loop not in origin.via and not within:
            return True
    return not read.row.origins or read.row.new


def _is_read(scope: Scope, read: Read) -> bool:
    """True if the collection is used for something else, too."""
    return any(
        other.step == read.step and other.node is not read.node and _growing(scope, other) is None
        for other in scope.reads
    )
