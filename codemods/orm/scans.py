"""Rows of a query that are searched by a key, one after the other, for each item of a loop."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from codemods.facts.nodes import walk
from codemods.orm.events import Loop
from codemods.orm.keys import loaded_names
from codemods.orm.values import ANYTHING, Cell, Items, Row, Tuple, Value
from codemods.project.model import Column

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

Form = Literal["all", "first", "loop"]


@dataclass(frozen=True)
class Scan:
    """`[row for row in rows if row.column == key]` in loops, or a nested loop that does the same.

    `loop` is the one over the rows, `around` are the loops that the rows do not depend on, from
    the outside in. `test` is the comparison, `expression` what is replaced, `default` what is
    found where nothing is and `rest` the conditions of a comprehension beside the comparison.
    """

    scope: Scope = field(repr=False)
    loop: Loop
    around: tuple[Loop, ...]
    row: Row
    column: Column
    key: ast.expr
    test: ast.expr
    form: Form
    expression: ast.expr
    default: ast.expr | None = None
    rest: tuple[ast.expr, ...] = ()

    @property
    def outer(self) -> Loop:
        return self.around[0]

    @property
    def variable(self) -> str:
        target = self.loop.node.target if not isinstance(self.loop.node, ast.While) else None
        assert isinstance(target, ast.Name)
        return target.id

    @property
    def plain(self) -> bool:
        """True if the rows themselves are what is found, with no other condition."""
        clause = self.loop.node
        made = self.loop.owner
        return (
            isinstance(clause, ast.comprehension)
            and isinstance(made, ast.ListComp | ast.GeneratorExp)
            and isinstance(made.elt, ast.Name)
            and made.elt.id == self.variable
            and not self.rest
            and len(made.generators) == 1
        )

    def value_of_key(self) -> Value:
        """What the key is, where a loop's item gives it."""
        match self.key:
            case ast.Name(id=name):
                return self._element(name)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                owner = self._element(name)
                if isinstance(owner, Row) and attribute in owner.model.columns:
                    return Cell(owner.model, owner.model.columns[attribute], owner)
        return ANYTHING

    def _element(self, name: str) -> Value:
        for loop in reversed(self.loop.parents):
            target = getattr(loop.node, "target", None)
            if (
                isinstance(target, ast.Name)
                and target.id == name
                and name not in loop.assigned - {name}
            ):
                return loop.element
        return ANYTHING


def scans(scope: Scope) -> Iterator[Scan]:
    """Every such search of the function itself, in its order."""
    for loop in scope.flow.all_loops:
        if loop.frame.caller is None and loop.parents:
            found = _scan(scope, loop)
            if found is not None:
                yield found


def _scan(scope: Scope, loop: Loop) -> Scan | None:
    items, node = loop.items, loop.node
    if not isinstance(items, Items) or not items.repeatable or isinstance(node, ast.While):
        return None
    row = items.element
    if not isinstance(row, Row) or not of_many(row) or not isinstance(node.target, ast.Name):
        return None
    if items.run is not None and items.run.node in set(walk(loop.iterable)):
        return None
    around = _around(loop)
    compared = _comparison(node, node.target.id)
    if all(_is_short(outer) for outer in around) or compared is None:
        return None
    test, attribute, key, rest = compared
    column = row.model.columns.get(attribute)
    changing = frozenset().union(*(x.names | x.assigned for x in around))
    if column is None or column.expression or not loaded_names(key) & changing:
        return None
    written = _written(scope, loop)
    if written is None:
        return None
    owner = loop.owner
    form, expression, default = written
    if loop.deferred and not _is_of_next(scope.parents.get(owner), owner):
        return None
    if form == "first" and isinstance(owner, ast.GeneratorExp):
        row_itself = isinstance(owner.elt, ast.Name) and owner.elt.id == node.target.id
        if not row_itself or rest:
            form, expression, default = "all", owner, None
    return Scan(scope, loop, around, row, column, key, test, form, expression, default, rest)


def _is_of_next(call: ast.AST | None, source: ast.AST) -> bool:
    """True for `next(source, default)`, which takes one item at once."""
    match call:
        case ast.Call(func=ast.Name(id="next"), args=[first, _], keywords=[]):
            return first is source
    return False


def of_many(row: Row) -> bool:
    """True for rows of a query that may find any number of them."""
    return bool(row.origins) and all(
        origin.run is not None
        and not origin.path
        and origin.run.query.limit is None
        and origin.run.terminal in ("all", "iterate")
        for origin in row.origins
    )


def _around(loop: Loop) -> tuple[Loop, ...]:
    """The innermost loops that do not change which rows are searched, from the outside in."""
    read = loaded_names(loop.iterable)
    found: list[Loop] = []
    for outer in reversed(loop.parents):
        if outer.frame is not loop.frame or outer.deferred or isinstance(outer.node, ast.While):
            break
        if isinstance(outer.node, ast.AsyncFor) or read & (outer.names | outer.assigned):
            break
        found.insert(0, outer)
    return tuple(found)


def _is_short(loop: Loop) -> bool:
    """True for a loop over a few items that are written there."""
    return isinstance(loop.items, Tuple) or (
        isinstance(loop.items, Items) and loop.items.limit is not None
    )


def _comparison(
    node: ast.For | ast.AsyncFor | ast.comprehension, variable: str
) -> tuple[ast.expr, str, ast.expr, tuple[ast.expr, ...]] | None:
    """The condition `variable.attribute == key`, the attribute, the key, and other conditions."""
    rest: tuple[ast.expr, ...] = ()
    test: ast.expr
    if isinstance(node, ast.comprehension):
        if not node.ifs or node.is_async:
            return None
        test, rest = node.ifs[0], tuple(node.ifs[1:])
    else:
        match node:
            case ast.For(body=[ast.If(test=found, orelse=[])], orelse=[]):
                test = found
            case _:
                return None
    match test:
        case ast.BoolOp(op=ast.And(), values=[first, *others]):
            test, rest = first, (*others, *rest)
    left, right = _sides(test)
    for side, key in ((left, right), (right, left)):
        match side:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name == variable:
                if variable not in loaded_names(key) and _is_plain(key):
                    return test, attribute, key, rest
    return None


def _sides(test: ast.expr) -> tuple[ast.expr, ast.expr]:
    """What an `==` compares; the same thing twice for any other condition."""
    match test:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            return left, right
    return test, test


def _is_plain(key: ast.expr) -> bool:
    """True for a variable, an attribute, and what has a literal key: `item["number"]`."""
    while isinstance(key, ast.Attribute | ast.Subscript):
        if isinstance(key, ast.Subscript) and not isinstance(key.slice, ast.Constant):
            return False
        key = key.value
    return isinstance(key, ast.Name)


def _written(scope: Scope, loop: Loop) -> tuple[Form, ast.expr, ast.expr | None] | None:
    """How the rows are searched, and the expression that does it."""
    owner = loop.owner
    if isinstance(owner, ast.For):
        return "loop", loop.iterable, None
    if not isinstance(owner, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
        return None
    if owner.generators[0] is not loop.node or len(owner.generators) > 1:
        return None
    outer = scope.parents.get(owner)
    match outer:
        case ast.Call(args=[_, default]) if _is_of_next(outer, owner):
            return "first", outer, default
        case ast.Call(func=ast.Name(id="next")):
            return None
        case ast.Call(args=[only], keywords=[]) if only is owner and isinstance(
            owner, ast.GeneratorExp
        ):
            return "all", outer, None
    return "all", owner, None
