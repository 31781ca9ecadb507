"""Rows of a query that a loop keeps, or drops, for having a child."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition
from codemods.orm.events import Read
from codemods.orm.preconditions import refuted
from codemods.orm.row_lists import Test, length_of, test_of

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(frozen=True, eq=False)
class KeptForChild:
    """Rows of a query of which a loop keeps those that have a child, `if order.lines`, or none.

    `condition` is what the loop asks, and `test` what it asks of the relationship.
    """

    read: Read
    test: ast.expr
    condition: ast.expr
    none: bool

    @property
    def message(self) -> str:
        step = self.read.step
        asked = f"{step.model.name}.{step.relationship.name}.any()"
        what = f"no {step.relationship.name}" if self.none else step.relationship.name
        return f"that have {what}, which {'~' * self.none}{asked} asks of the database"

    def moved_by_hand(self, scope: Scope) -> Precondition:
        reason = f"what is asked of `{ast.unparse(self.test)}` has to go into the query by hand"
        return refuted(scope, "condition-moves", reason, self.read)


def kept_for_child(scope: Scope) -> Iterator[KeptForChild]:
    """Every relationship that is read only to keep the rows that have something in it."""
    for read in scope.reads:
        if not read.own or read.awaited or read.step.relationship.to_one:
            continue
        if not isinstance(read.node, ast.Attribute) or not isinstance(read.node.value, ast.Name):
            continue
        if not any(origin.run is not None and not origin.path for origin in read.row.origins):
            continue
        length = length_of(scope, read.node)
        test = test_of(scope, length or read.node, length is not None)
        found = _loop(scope, test) if test is not None else None
        if test is not None and found is not None and not _read_besides(found.loop, read):
            yield KeptForChild(read, test.node, found.condition, found.none)


@dataclass(frozen=True, eq=False)
class _Keeping:
    """A loop that does something with the rows alone that have a child, or that have none."""

    loop: ast.AST
    condition: ast.expr
    none: bool


def _loop(scope: Scope, test: Test) -> _Keeping | None:
    """The loop around a test, where it does nothing with the other rows."""
    node, none = test.node, test.negated
    above = scope.parents.get(node)
    while isinstance(above, ast.UnaryOp) and isinstance(above.op, ast.Not):
        node, none, above = above, not none, scope.parents.get(above)
    match above:
        case ast.comprehension(ifs=[only]) if only is node:
            whole = scope.parents.get(above)
            return _Keeping(whole, node, none) if isinstance(whole, ast.ListComp) else None
        case ast.If(test=tested, orelse=[]) if tested is node:
            loop = scope.parents.get(above)
            if not isinstance(loop, ast.For | ast.AsyncFor) or loop.orelse:
                return None
            if len(loop.body) == 1:
                return _Keeping(loop, node, none)
            if loop.body[0] is above and isinstance(above.body[0], ast.Continue):
                return _Keeping(loop, node, not none)
    return None


def _read_besides(whole: ast.AST, read: Read) -> bool:
    """True if the loop reads the relationship for something else as well, if it may be."""
    name = read.step.relationship.name
    return any(
        isinstance(node, ast.Attribute) and node.attr == name and node is not read.node
        for node in walk(whole)
    )
