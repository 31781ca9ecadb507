"""What functions give back of what they find."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm.forwarded import BOOL, NOT_NONE, OR_ZERO, SOME

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.frames import Frame
    from codemods.orm.scope import Scope

LISTED = frozenset({"all", "iterate", "scalars"})


def given_back(body: list[ast.stmt]) -> tuple[ast.expr | None, str, list[ast.stmt]]:
    """What a function returns in the end, what it makes of that, and its statements before; what is
    in a variable first, as in `total = …`, `return total or 0`, is what the variable gets."""
    *before, last = body
    if not isinstance(last, ast.Return):
        return None, "", before
    given, text = _taken_from(last.value)
    match before, given:
        case (
            [*others, ast.Assign(targets=[ast.Name(id=name)], value=value)]
            | [*others, ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)],
            ast.Name(id=read),
        ) if (
            name == read
        ):
            return value, text, others
    return given, text, before


def passed_on(scope: Scope, frame: Frame, sent: Run, given: ast.expr | None) -> ast.expr | None:
    """What a function returns, without `list()` around rows that are in a list of their own."""
    match given:
        case ast.Call(func=ast.Name(id="list"), args=[rows], keywords=[]) if (
            sent.terminal in LISTED
        ):
            # each call has a list of its own already
            if scope.index.resolve(frame.code.module, "list") != "builtins.list":
                return None
            given = rows
    if frame is not sent.frame and sent.awaited and isinstance(given, ast.Await):
        given = given.value
    return given


def _taken_from(given: ast.expr | None) -> tuple[ast.expr | None, str]:
    """The value that an expression is made of, and how."""
    match given:
        case ast.BoolOp(op=ast.Or(), values=[value, ast.Constant(value=zero)]) if _is_zero(zero):
            return value, OR_ZERO
        case ast.Compare(
            left=value, ops=[ast.Gt()], comparators=[ast.Constant(value=zero)]
        ) if _is_zero(zero):
            return value, SOME
        case ast.Compare(left=value, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return value, NOT_NONE
        case ast.Call(func=ast.Name(id="bool"), args=[value], keywords=[]):
            return value, BOOL
    return given, ""


def _is_zero(constant: object) -> bool:
    return constant == 0 and type(constant) is int
