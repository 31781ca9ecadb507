"""The conditions under which Python wants rows of a collection, as conditions of SQL."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.keys import loaded_names
from codemods.orm.row_tests import RowTest, Untranslatable
from codemods.patch import Code, Copied

if TYPE_CHECKING:
    from codemods.orm.scope import Scope
    from codemods.orm.sql_names import SqlNames
    from codemods.project.model import Column, Model

_SIGNS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TIMES = frozenset({"date", "datetime"})
_ANEW = (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom, ast.Lambda)


@dataclass
class WindowTest:
    """Translates the tests of a read, as far as they are the same for every row of the loop.

    `changing` are names that are something else for each. Afterwards `codes` has the conditions,
    `kept` the tests that are left to Python, `doubts` why SQL may see a row in another way, and
    `bounded` says whether a moment or a key bounds the rows.
    """

    scope: Scope
    model: Model
    table: Code
    row: str
    words: SqlNames
    changing: frozenset[str]
    codes: list[Code] = field(default_factory=list)
    kept: list[ast.expr] = field(default_factory=list)
    doubts: list[tuple[str, ast.expr]] = field(default_factory=list)
    bounded: bool = False
    present: set[str] = field(default_factory=set)

    def translate(self, tests: tuple[ast.expr, ...]) -> None:
        for test in tests:
            parts = _conjuncts(test)
            # what follows is tested only where this holds, which SQL does not know
            if self.kept or not all(self._taken(part) for part in parts):
                self.kept.append(test)

    def _taken(self, test: ast.expr) -> bool:
        names = loaded_names(test)
        if names & self.changing or any(isinstance(node, _ANEW) for node in walk(test)):
            return False
        found = self._compared(test)
        if found is None:
            other = RowTest(self.scope, self.model, self.table, self.row, self.words)
            try:
                found = list(other.conditions([test]))
            except Untranslatable:
                return False
            self.doubts += other.doubts
            self.present |= _not_none(test)
        self.codes += found
        return True

    def _compared(self, test: ast.expr) -> list[Code] | None:
        """`since <= record.at < until`."""
        negated = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        node = test.operand if isinstance(test, ast.UnaryOp) and negated else test
        if not isinstance(node, ast.Compare) or (negated and len(node.ops) > 1):
            return None
        found = []
        sides = pairwise((node.left, *node.comparators))
        for operator, (left, right) in zip(node.ops, sides, strict=True):
            sign, column = _SIGNS.get(type(operator)), self._column(left)
            if sign is None:
                return None
            if column is None:
                sign, column, left, right = _MIRRORED[sign], self._column(right), right, left
            if column is None or self.row in loaded_names(right):
                return None
            found.append((_OPPOSITE[sign] if negated else sign, column, right))
        return [self._bound(*each) for each in found]

    def _column(self, node: ast.expr) -> Column | None:
        match node:
            case ast.Attribute(value=ast.Name(id=self.row), attr=name):
                column = self.model.columns.get(name)
                if column is None or column.expression or column.decorated:
                    return None
                return column if column.primary_key or column.python in _TIMES else None
        return None

    def _bound(self, sign: str, column: Column, value: ast.expr) -> Code:
        text = ast.unparse(value)
        if column.may_be_null and column.name not in self.present:
            reason = f"rows without {column.name}, for which Python raises TypeError, are left out"
            self.doubts.append((reason, value))
        elif any(isinstance(node, ast.Call) for node in walk(value)):
            self.doubts.append((f"`{text}` is evaluated once for all, before the loop", value))
        elif column.python in _TIMES:
            reason = (
                f"`{text}` may be in another time zone than {column.name}, or no {column.python}"
            )
            self.doubts.append((reason, value))
        self.bounded = True
        return Code.of(
            f"{{table}}.{column.name} {sign} {{value}}",
            table=self.table, value=Copied(self.scope.place(value)),
        )  # fmt: skip


def _conjuncts(test: ast.expr) -> Iterator[ast.expr]:
    match test:
        case ast.BoolOp(op=ast.And(), values=values):
            for value in values:
                yield from _conjuncts(value)
        case ast.UnaryOp(op=ast.Not(), operand=ast.BoolOp(op=ast.Or(), values=values)):
            for value in values:
                yield from _conjuncts(ast.UnaryOp(ast.Not(), value))
        case _:
            yield test


def _not_none(test: ast.expr) -> set[str]:
    """The columns that have a value where the test holds."""
    match test:
        case ast.Attribute(attr=name):
            return {name}
        case ast.Compare(
            left=ast.Attribute(attr=name), ops=[ast.IsNot()], comparators=[ast.Constant(None)]
        ):
            return {name}
    return set()
