"""Loops over the rows of a query that do one thing with those that meet a condition."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import parameters, walk
from codemods.orm.keys import loaded_names
from codemods.orm.narrowing import calls_function
from codemods.orm.per_item import asked_before_the_loop
from codemods.orm.reductions import is_whole
from codemods.orm.refusals import told_after
from codemods.orm.row_lists import RowList, is_beginning, is_inner, is_used_again, row_lists
from codemods.orm.variables import look_at_all

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_ELSEWHERE = (
    ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr, ast.Lambda, ast.ListComp, ast.SetComp,
    ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class RowLoop:
    """`for order in orders: if order.total > 5: return order`.

    `row` is the variable, `tests` are the conditions under which `body` is done for a row.
    `begun` are the statements right before it that give a variable its first value, by its name.
    """

    rows: RowList
    loop: ast.For
    row: str
    tests: tuple[ast.expr, ...]
    body: tuple[ast.stmt, ...]
    begun: dict[str, ast.Assign | ast.AnnAssign]

    @property
    def scope(self) -> Scope:
        return self.rows.scope

    @property
    def block(self) -> Sequence[ast.stmt]:
        return self.scope.flow.blocks[self.loop][0]

    @cached_property
    def next(self) -> ast.stmt | None:
        """The statement after the loop, in its block."""
        block, position = self.scope.flow.blocks[self.loop]
        return block[position + 1] if position + 1 < len(block) else None

    @property
    def is_last(self) -> bool:
        """True if the function ends with the loop."""
        body = getattr(self.scope.node, "body", None)
        return isinstance(body, list) and bool(body) and body[-1] is self.loop

    @property
    def gives_none_else(self) -> bool:
        """True if the function returns None where the loop returns nothing."""
        match self.next:
            case None:
                return self.is_last
            case ast.Return(value=None | ast.Constant(value=None)):
                return True
        return False

    def first_value(self, name: str) -> ast.expr | None:
        begun = self.begun.get(name)
        return begun.value if begun is not None else None

    def reads_row(self, node: ast.AST) -> bool:
        return self.mentions(self.row, node)

    def mentions(self, name: str, *nodes: ast.AST) -> bool:
        found = (part for node in nodes for part in walk(node))
        return any(isinstance(part, ast.Name) and part.id == name for part in found)

    def stays_unseen(self, name: str) -> bool:
        """True if nobody sees what a variable holds before the loop has ended, not a handler."""
        begun = self.begun.get(name)
        shared = any(
            isinstance(node, ast.Global | ast.Nonlocal) and name in node.names
            for node in walk(self.scope.node)
        )
        statements = [begun, self.loop] if begun is not None else [self.loop]
        tries = self.rows.run.tries
        return not shared and not any(told_after(self.scope, each, statements) for each in tries)

    def fits_comprehension(self, node: ast.expr) -> bool:
        """True for a value that is the same in a comprehension, which has variables of its own."""
        return not any(
            isinstance(part, _ELSEWHERE)
            or (isinstance(part, ast.Name) and part.id in ("super", "__class__"))
            for part in walk(node)
        )


def row_loops(scope: Scope) -> Iterator[RowLoop]:
    """Every such loop of the function's own whose rows are used for nothing else."""
    if not isinstance(scope.node, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    for rows in row_lists(scope, "all", "iterate"):
        if len(rows.reads) != 1 or not is_whole(rows) or is_used_again(rows):
            continue
        if not rows.legacy and "scalars" not in ast.unparse(rows.run.expression):
            continue
        found = _loop(rows, rows.reads[0])
        if found is not None and not asked_before_the_loop(scope, rows.run):
            yield found


def _loop(rows: RowList, read: ast.expr) -> RowLoop | None:
    scope = rows.scope
    match scope.parents.get(read):
        case ast.For(target=ast.Name(id=row), iter=source, body=body) as loop if source is read:
            pass
        case _:
            return None
    begun = _begun(rows, loop)
    if begun is None or look_at_all(scope) is not None or is_inner(scope, loop):
        return None
    tests, inner = _conditions(body)
    for test in tests:
        others = any(isinstance(part, _ELSEWHERE) for part in walk(test))
        if others or calls_function(scope, test, row):
            return None
    found = RowLoop(rows, loop, row, tests, inner, begun)
    leaves_row = len(inner) == 1 and isinstance(inner[0], ast.Break)
    return found if leaves_row or not _is_seen(scope, row, loop) else None


def _is_seen(scope: Scope, row: str, loop: ast.For) -> bool:
    """True if anything but the loop may read its variable, or bind it for others."""
    own = set(walk(loop))
    for node in walk(scope.node):
        match node:
            case ast.For(target=ast.Name(id=name)) if name == row:
                own |= {part for each in (node.target, *node.body) for part in walk(each)}
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                bound = {part for clause in node.generators for part in walk(clause.target)}
                if any(isinstance(part, ast.Name) and part.id == row for part in bound):
                    own |= set(walk(node)) - set(walk(node.generators[0].iter))
            case ast.Lambda() if any(arg.arg == row for arg in parameters(node)):
                own |= set(walk(node.body))
    return any(
        (isinstance(node, ast.Name) and node.id == row and node not in own)
        or (isinstance(node, ast.Global | ast.Nonlocal) and row in node.names)
        for node in walk(scope.node)
    )


def _begun(rows: RowList, loop: ast.For) -> dict[str, ast.Assign | ast.AnnAssign] | None:
    """The variables that begin right before a loop, and that its query does not ask with; None if
    anything else comes between."""
    block, position = rows.scope.flow.blocks.get(loop, ([], 0))
    wanted = {statement for statement in (rows.assigned, rows.result) if statement is not None}
    asked = set().union(*map(loaded_names, (loop.iter, rows.run.expression, *wanted)))
    begun: dict[str, ast.Assign | ast.AnnAssign] = {}
    for statement in reversed(block[:position]):
        if statement in wanted:
            wanted.remove(statement)
        elif is_beginning(statement):
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(
                    target=ast.Name(id=name)
                ):
                    begun.setdefault(name, statement)
        else:
            break
    return None if wanted else {name: each for name, each in begun.items() if name not in asked}


def _conditions(
    body: Sequence[ast.stmt],
) -> tuple[tuple[ast.expr, ...], tuple[ast.stmt, ...]]:
    """The conditions under which the rest of a loop's body is done, and that rest."""
    tests: list[ast.expr] = []
    left = list(body)
    while left:
        match left:
            case [ast.If(test=test, body=[ast.Continue()], orelse=[]), _, *_]:
                tests.append(ast.copy_location(ast.UnaryOp(ast.Not(), test), test))
                left = left[1:]
            case [ast.If(test=test, body=inner, orelse=[])]:
                tests.append(test)
                left = list(inner)
            case _:
                break
    return tuple(tests), tuple(left)
