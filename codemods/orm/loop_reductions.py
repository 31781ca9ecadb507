"""Loops that add up, count, compare or test the rows of a query."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm.loop_results import beats
from codemods.orm.reductions import Reduction
from codemods.orm.row_loops import RowLoop, row_loops
from codemods.patch import Code, Copied

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_NONE = ast.Constant(None)


@dataclass(frozen=True, eq=False)
class LoopReduction(Reduction):
    """`for line in query: total += line.quantity`.

    `name` is the variable that gets the value, and `begun` the statement that begins it. Of a loop
    that returns True, `returned` is what it returns and `ended` the statement after it, which
    returns the opposite; `then` is what is done if a row is found.
    """

    part: RowLoop | None = None
    name: str | None = None
    begun: ast.stmt | None = None
    ended: ast.stmt | None = None
    then: tuple[ast.stmt, ...] = ()
    held = True

    @property
    def is_at_once(self) -> bool:
        return True

    @property
    def default(self) -> ast.expr | None:
        return _NONE

    @property
    def raised_at(self) -> None:
        return None

    def written(self, asked: Code) -> Code:
        """The statement that asks for the value."""
        if self.then:
            holes = {f"s{n}": Copied(self.scope.place(each)) for n, each in enumerate(self.then)}
            lines = "".join(f"\n    {{{name}}}" for name in holes)
            return Code.of(f"if {{asked}}:{lines}", asked=asked, **holes)
        if self.name is None:
            return Code.of("return {asked}", asked=asked)
        if isinstance(self.begun, ast.AnnAssign):
            kind = Copied(self.scope.place(self.begun.annotation))
            return Code.of(f"{self.name}: {{kind}} = {{asked}}", kind=kind, asked=asked)
        return Code.of(f"{self.name} = {{asked}}", asked=asked)


def loop_reductions(scope: Scope) -> Iterator[LoopReduction]:
    """Every such loop of the function's own."""
    for part in row_loops(scope):
        if part.loop.orelse:
            continue
        found = _sum(part) or _extreme(part) or _test(part)
        if found is not None:
            yield found


def _sum(part: RowLoop) -> LoopReduction | None:
    """`total += line.quantity` and `count += 1`, from 0."""
    match part.body:
        case [ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value)]:
            pass
        case [
            ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.BinOp(left=ast.Name(id=again), op=ast.Add(), right=value),
            )
        ] if (
            name == again
        ):
            pass
        case _:
            return None
    first = part.first_value(name)
    match first:
        case ast.Constant(value=int() as number) if number == 0 and not isinstance(number, bool):
            exact = True
        case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=0 | "0" | "0.00")]):
            exact = False
        case _:
            return None
    function = "sum"
    if isinstance(value, ast.Constant) and value.value == 1 and type(value.value) is int:
        function = "count"
    if part.mentions(name, value, *part.tests) or not part.stays_unseen(name):
        return None
    found = _reduction(part, function, value, part.tests, name)
    if function == "count":
        return found if exact else None
    decimals = {column.python for column in found.columns or ()} == {"Decimal"}
    return found if exact or decimals else None


def _extreme(part: RowLoop) -> LoopReduction | None:
    """`if latest is None or order.day > latest: latest = order.day`, from None."""
    match part.body:
        case [ast.Assign(targets=[ast.Name(id=name)], value=ast.Attribute() as value)]:
            pass
        case _:
            return None
    first = part.first_value(name)
    if not part.tests or not isinstance(first, ast.Constant) or first.value is not None:
        return None
    compared = beats(part.tests[-1], name)
    if compared is None or part.mentions(name, *part.tests[:-1]) or not part.stays_unseen(name):
        return None
    left, sign, right = compared
    match ast.unparse(left), ast.unparse(right):
        case (new, old) if new == ast.unparse(value) and old == name:
            largest = sign.startswith(">")
        case (old, new) if new == ast.unparse(value) and old == name:
            largest = sign.startswith("<")
        case _:
            return None
    function = "max" if largest else "min"
    return _reduction(part, function, value, part.tests[:-1], name)


def _test(part: RowLoop) -> LoopReduction | None:
    """`if order.paid: return True`, `found = True` and `break`, or what else is done once."""
    if not part.tests or any(map(part.reads_row, part.body)):
        return None
    whole = part.tests[0] if len(part.tests) == 1 else ast.BoolOp(ast.And(), list(part.tests))
    opposite = ast.UnaryOp(ast.Not(), whole)
    for node in (whole, opposite):
        ast.copy_location(node, part.tests[0])
    match part.body:
        case [ast.Return(value=ast.Constant(value=bool() as answer))]:
            match part.next:
                case ast.Return(value=ast.Constant(value=bool() as other)) if other is not answer:
                    function, value = ("any", whole) if answer else ("all", opposite)
                    return _reduction(part, function, value, (), None, ended=part.next)
        case [
            ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=bool() as answer)),
            *others,
        ] if not others or isinstance(others[0], ast.Break):
            first = part.first_value(name)
            unseen = part.stays_unseen(name) and not part.mentions(name, whole)
            if isinstance(first, ast.Constant) and first.value is (not answer) and unseen:
                function, value = ("any", whole) if answer else ("all", opposite)
                return _reduction(part, function, value, (), name)
    match part.body:
        case [ast.Return() | ast.Raise()]:
            return _reduction(part, "any", whole, (), None, then=part.body)
    return None


def _reduction(
    part: RowLoop, function: str, value: ast.expr, tests: tuple[ast.expr, ...], name: str | None,
    ended: ast.stmt | None = None, then: tuple[ast.stmt, ...] = (),
) -> LoopReduction:  # fmt: skip
    return LoopReduction(
        part.rows, part.loop.iter, function, value, tests, part.row, 0,
        part, name, part.begun.get(name) if name is not None else None, ended, then,
    )  # fmt: skip
