"""Functions that give back the row that they find, and do something else where there is none."""

from __future__ import annotations

import ast
from collections.abc import Collection
from typing import Literal

Told = Literal["found", "missing"]


def gives_what_it_finds(body: list[ast.stmt], asked: ast.AST, steps: Collection[ast.AST]) -> bool:
    """True if all that a function does with a row that it finds is to give it back.

    `order = find(key)`, `if order is None: raise NotFound(key)`, `return order`.

    Args:
        body: the function's statements.
        asked: the expression that finds the row, without an `await`.
        steps: the expressions that the query is built by.
    """
    name = None
    for statement in body:
        match statement:
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.Assign(targets=[ast.Name(id=given)], value=value) | ast.AnnAssign(
                target=ast.Name(id=given), value=ast.expr() as value
            ) if (name is None):
                inner = value.value if isinstance(value, ast.Await) else value
                if asked in (value, inner):
                    name = given
                elif inner not in steps:
                    return False
            case ast.Return(value=ast.Name(id=given)):
                return given == name
            case ast.If(test=test, body=then, orelse=otherwise) if name is not None:
                match told(test, name):
                    case "missing" if not otherwise:
                        continue
                    case "missing":
                        return _gives(otherwise, name)
                    case "found" if _is_name(test, name) or isinstance(test, ast.Compare):
                        return _gives(then, name)
                return False
            case _:
                return False
    return False


def told(test: ast.expr, name: str) -> Told | None:
    """What holds of the row in a variable wherever a test does, which is made without effect if
    there is one."""
    match test:
        case ast.Name(id=given) if given == name:
            return "found"
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=given)) if given == name:
            return "missing"
        case ast.Compare(
            left=ast.Name(id=given),
            ops=[ast.Is() | ast.IsNot() as operator],
            comparators=[ast.Constant(value=None)],
        ) if (
            given == name
        ):
            return "missing" if isinstance(operator, ast.Is) else "found"
        case ast.BoolOp(op=ast.And(), values=[first, *_]) if told(first, name) == "missing":
            return "missing"
    return None


def _gives(block: list[ast.stmt], name: str) -> bool:
    match block:
        case [ast.Return(value=value)] if value is not None:
            return _is_name(value, name)
    return False


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
