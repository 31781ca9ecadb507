"""Loops over the rows of a query that do nothing but change, or delete, each of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm import rounds
from codemods.orm.commit_reasons import is_migration
from codemods.orm.events import Act, Effect, Loop, Run
from codemods.orm.mentions import is_test
from codemods.orm.values import Items, Row
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(frozen=True)
class Change:
    """`row.name = value`, or `row.name += value` with its operator."""

    name: str
    value: ast.expr
    node: ast.stmt
    operator: ast.operator | None = None


@dataclass(frozen=True, eq=False)
class RowWrites:
    """A loop that loads rows only to write them.

    Args:
        variable: what the loop calls a row.
        changes: what it assigns; none where it deletes the rows.
        assigned: the statement before the loop that gives the rows a name of their own.
        counter: the variable that the loop counts the rows with.
        zero: the statement right before the loop that sets it to 0.
    """

    scope: Scope
    loop: Loop
    run: Run
    model: Model
    variable: str
    changes: tuple[Change, ...]
    assigned: ast.Assign | None = None
    counter: str | None = None
    zero: ast.Assign | None = None

    @property
    def deletes(self) -> bool:
        return not self.changes

    @property
    def counting(self) -> str:
        """What a message says of a loop that counts the rows as well."""
        return " and count" if self.counter else ""

    @cached_property
    def query(self) -> ast.expr:
        """The query as it is written, without what sends it."""
        node = self.run.expression
        if isinstance(node, ast.Await):
            node = node.value
        if isinstance(node, ast.Call) and rounds.called(node) == "all":
            assert isinstance(node.func, ast.Attribute)
            return node.func.value
        return node

    @cached_property
    def source(self) -> ast.expr:
        """The expression whose value the loop goes over."""
        assert not isinstance(self.loop.node, ast.While)
        return self.assigned.value if self.assigned is not None else self.loop.node.iter


def row_writes(scope: Scope) -> Iterator[RowWrites]:
    """The loops of a function that load rows only to write them."""
    if is_test(scope.module, scope.index.root) or is_migration(scope):
        return
    for loop in scope.flow.all_loops:
        found = _read(scope, loop)
        if found is not None:
            yield found


def _read(scope: Scope, loop: Loop) -> RowWrites | None:
    node, row = loop.node, loop.element
    if loop.frame is not scope.flow.root or not isinstance(node, ast.For) or node.orelse:
        return None
    if not isinstance(node.target, ast.Name) or not isinstance(row, Row) or rounds.is_short(loop):
        return None
    run = loop.items.run if isinstance(loop.items, Items) else None
    if run is None or not run.own or run.query.model is not row.model or run.query.related:
        return None
    changes: list[Change] = []
    deleted, counter = False, None
    for statement in node.body:
        match _written(scope, statement, node.target.id):
            case Change() as change:
                changes.append(change)
            case "count" if counter is None:
                assert isinstance(statement, ast.AugAssign)
                counter = ast.unparse(statement.target)
            case "delete":
                deleted = True
            case "add":
                continue
            case _:
                return None
    known = {*row.model.columns, *row.model.relationships}
    if deleted == bool(changes) or any(change.name not in known for change in changes):
        return None
    assigned = None
    if not scope.contains(node.iter, run.expression):
        assigned = _assignment(scope, node, run)
        if assigned is None:
            return None
    return RowWrites(
        scope, loop, run, row.model, node.target.id, tuple(changes), assigned, counter,
        _zero(scope, node, counter),
    )  # fmt: skip


def _zero(scope: Scope, loop: ast.For, counter: str | None) -> ast.Assign | None:
    """`deleted = 0` right before a loop whose rows do not depend on it."""
    block, position = scope.flow.blocks.get(loop, ([], 0))
    read = {node.id for node in walk(loop.iter) if isinstance(node, ast.Name)}
    match block[max(position - 1, 0) : position]:
        case [ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=0)) as zero]:
            return zero if name == counter and name not in read else None
    return None


def _written(scope: Scope, statement: ast.stmt, row: str) -> Change | str | None:
    """What a statement does to the row; None for one that does anything else."""
    match statement:
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=name), attr=attr)], value=value):
            return Change(attr, value, statement) if name == row else None
        case ast.AugAssign(target=ast.Attribute(value=ast.Name(id=name), attr=attr), op=op,
                           value=value):  # fmt: skip
            return Change(attr, value, statement, op) if name == row else None
        case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=ast.Constant(value=1)):
            return "count" if name != row else None
        case ast.Expr(value=value):
            call = value.value if isinstance(value, ast.Await) else value
            match call:
                case ast.Call(
                    func=ast.Attribute(attr="add" | "delete" as method),
                    args=[ast.Name(id=name)],
                    keywords=[],
                ) if name == row and _of_session(scope, call):
                    return method
    return None


def _of_session(scope: Scope, call: ast.expr) -> bool:
    acts = (Act.ADD, Act.DELETE)
    return any(isinstance(e, Effect) and e.node is call and e.act in acts for e in scope.effects)


def _assignment(scope: Scope, loop: ast.For, run: Run) -> ast.Assign | None:
    """`rows = query.all()`, where the loop alone uses the rows."""
    if not isinstance(loop.iter, ast.Name):
        return None
    name = loop.iter.id
    uses = [n for n in walk(scope.node) if isinstance(n, ast.Name) and n.id == name]
    if len(uses) != 2:
        return None
    block, position = scope.flow.blocks.get(loop, ([], 0))
    for statement in block[max(position - 1, 0) : position]:
        match statement:
            case ast.Assign(targets=[ast.Name(id=own)], value=value) if own == name:
                return statement if scope.contains(value, run.expression) else None
    return None
