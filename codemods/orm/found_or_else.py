"""Functions that give back the row that they find, and do something else where there is none."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from typing import Literal

Told = Literal["found", "missing"]


FOUND = "{value}"


def given_for_found(body: list[ast.stmt], asked: ast.AST, steps: Collection[ast.AST]) -> str | None:
    """What a function gives back for a row that it finds, where that is all it does with it: the
    row, `{value}`, or also whether it is new, `({value}, False)`; None where it does more.

    `order = find(key)`, `if order is None: raise NotFound(key)`, `return order`.

    Args:
        body: the function's statements.
        asked: the expression that finds the row, without an `await`.
        steps: the expressions that the query is built by.
    """
    name, constants = None, dict[str, ast.Constant]()
    for statement in body:
        match statement:
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.Assign(targets=[ast.Name(id=given)], value=ast.Constant() as value) if (
                given != name
            ):
                constants[given] = value
            case ast.Assign(targets=[ast.Name(id=given)], value=value) | ast.AnnAssign(
                target=ast.Name(id=given), value=ast.expr() as value
            ) if (name is None):
                inner = value.value if isinstance(value, ast.Await) else value
                if asked in (value, inner):
                    name = given
                elif inner not in steps:
                    return None
                constants.pop(given, None)
            case ast.Return(value=ast.expr() as value) if name is not None:
                return _given(value, name, constants)
            case ast.If(test=test, body=then, orelse=otherwise) if name is not None:
                match told(test, name):
                    case "missing" if not otherwise:
                        continue
                    case "missing":
                        return _gives(otherwise, name, constants)
                    case "found" if _is_name(test, name) or isinstance(test, ast.Compare):
                        return _gives(then, name, constants)
                return None
            case _:
                return None
    return None


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


def _gives(block: list[ast.stmt], name: str, constants: Mapping[str, ast.Constant]) -> str | None:
    match block:
        case [ast.Return(value=value)] if value is not None:
            return _given(value, name, constants)
    return None


def _given(node: ast.expr, name: str, constants: Mapping[str, ast.Constant]) -> str | None:
    """The row, or a pair of it and of a constant."""
    match node:
        case ast.Tuple(elts=[first, second]):
            values = [_part(each, name, constants) for each in (first, second)]
            return f"({values[0]}, {values[1]})" if None not in values and (
                values.count(FOUND) == 1
            ) else None  # fmt: skip
    return FOUND if _is_name(node, name) else None


def _part(node: ast.expr, name: str, constants: Mapping[str, ast.Constant]) -> str | None:
    match node:
        case ast.Name(id=given) if given in constants:
            node = constants[given]
    match node:
        case ast.Constant(value=None | bool() as value):
            return str(value)
    return FOUND if _is_name(node, name) else None


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
