"""Sums in Python over a column of rows that may be NULL."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.events import Loop
from codemods.orm.keys import loaded_names
from codemods.orm.values import Items, Row
from codemods.project.model import Column

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_NUMBERS = frozenset({"int", "float", "Decimal"})


@dataclass(frozen=True)
class NullSum:
    """`sum(row.column for row in rows)`, or `total += row.column` in a loop: `read` is the column."""

    scope: Scope = field(repr=False)
    loop: Loop
    row: Row
    column: Column
    read: ast.Attribute

    @property
    def how(self) -> str:
        """What adds it up."""
        return "+=" if isinstance(self.loop.node, ast.For | ast.AsyncFor) else "sum()"


def null_sums(scope: Scope) -> Iterator[NullSum]:
    """Every such sum of the function itself where nothing keeps NULL out."""
    for loop in scope.flow.all_loops:
        home = scope if loop.frame.caller is None else _told_here(scope, loop)
        if home is not None and (found := _null_sum(home, loop)) is not None:
            yield found


def _told_here(scope: Scope, loop: Loop) -> Scope | None:
    """A function that sends no query itself, so that nobody looks at it, and is first called by
    this one with rows."""
    code, program = loop.frame.code, scope.program
    facts = code.facts
    if facts is None or facts.query_calls:
        return None
    if loop.frame.caller is not scope.flow.root or facts.full_name in program.reach.roots:
        return None
    callers = program.words.mentions(facts).functions
    here = [c for c in callers if c.query_calls or c.full_name in program.reach.roots]
    first = min(here, key=lambda each: (each.place.path, each.place.span.start), default=None)
    return program.scope(code) if first is not None and first is scope.code.facts else None


def _null_sum(scope: Scope, loop: Loop) -> NullSum | None:
    owner, clause = loop.owner, loop.node
    row = loop.items.element if isinstance(loop.items, Items) else None
    if not isinstance(row, Row):
        return None
    if isinstance(clause, ast.For | ast.AsyncFor):
        return _added_in_turn(scope, loop, row, clause)
    if not isinstance(owner, ast.GeneratorExp | ast.ListComp) or len(owner.generators) > 1:
        return None
    if not isinstance(clause, ast.comprehension) or not isinstance(clause.target, ast.Name):
        return None
    match scope.parents.get(owner):
        case ast.Call(func=ast.Name(id="sum"), args=[first, *_]) if first is owner:
            pass
        case _:
            return None
    return _of_null(scope, loop, row, owner.elt, clause.target.id, clause.ifs)


def _added_in_turn(
    scope: Scope, loop: Loop, row: Row, statement: ast.For | ast.AsyncFor
) -> NullSum | None:
    """`total += row.column`, which every round comes to."""
    tests = [
        node.test for node in walk(statement) if isinstance(node, ast.If | ast.IfExp | ast.Assert)
    ]
    handled = any(isinstance(node, ast.Try) for node in walk(statement))
    if not isinstance(statement.target, ast.Name) or handled:
        return None
    for each in statement.body:
        match each:
            case ast.AugAssign(target=ast.Name(), op=ast.Add(), value=value):
                found = _of_null(scope, loop, row, value, statement.target.id, tests)
                if found is not None:
                    return found
    return None


def _of_null(
    scope: Scope, loop: Loop, row: Row, value: ast.expr, name: str, tests: Iterable[ast.expr]
) -> NullSum | None:
    """The column in what is added of each row, if NULL may come with one."""
    for read in _added(value):
        if not isinstance(read.value, ast.Name) or read.value.id != name:
            continue
        column = row.model.columns.get(read.attr)
        if column is None or not _may_be_null(column):
            continue
        if not _is_kept_out(row, column, name, tests):
            return NullSum(scope, loop, row, column, read)
    return None


def _added(value: ast.expr) -> Iterator[ast.Attribute]:
    """The attributes that are added, or multiplied, as they are."""
    match value:
        case ast.Attribute():
            yield value
        case ast.BinOp(left=left, op=ast.Mult() | ast.Add() | ast.Sub(), right=right):
            yield from _added(left)
            yield from _added(right)


def _may_be_null(column: Column) -> bool:
    return (
        column.nullable
        and not column.primary_key
        and column.python in _NUMBERS
        and not (column.decorated or column.expression or column.default or column.server_default)
    )


def _is_kept_out(row: Row, column: Column, variable: str, tests: Iterable[ast.expr]) -> bool:
    """True if a condition of the comprehension or of the query asks about the column.

    Args:
        variable: what the comprehension binds to each row.
        tests: its conditions.
    """
    for test in tests:
        for node in walk(test):
            if isinstance(node, ast.Attribute) and node.attr == column.name:
                return True
            if isinstance(node, ast.Call) and variable in loaded_names(node):
                return True
    for origin in row.origins:
        for predicate in origin.run.query.predicates if origin.run is not None else ():
            if predicate.column is column:
                return True
            named = [n for n in walk(predicate.node) if isinstance(n, ast.Attribute)]
            if any(node.attr == column.name for node in named):
                return True
    return False
