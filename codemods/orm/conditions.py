"""Conditions: what they say of None, and what they are for what a function has been given."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm import choices
from codemods.orm.query import Query
from codemods.orm.values import (
    ANYTHING,
    NONE,
    Cell,
    Items,
    ModelClass,
    Plain,
    Row,
    Session,
    Tuple,
    Unknown,
    Value,
    may_be_none,
)

if TYPE_CHECKING:
    from codemods.orm.flow import Flow


def narrow(flow: Flow, test: ast.expr, holds: bool) -> None:
    """Use what a condition says about None, and of names that are known one by one."""
    choices.narrow(flow, test, holds)
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            narrow(flow, inner, not holds)
        case ast.BoolOp(op=ast.And(), values=values) if holds:
            for value in values:
                narrow(flow, value, True)
        case ast.BoolOp(op=ast.Or(), values=values) if not holds:
            for value in values:
                narrow(flow, value, False)
        case ast.Compare(
            left=ast.Name(id=name),
            ops=[ast.Is() | ast.IsNot() | ast.Eq() | ast.NotEq() as op],
            comparators=[ast.Constant(value=None)],
        ):
            if isinstance(op, ast.IsNot | ast.NotEq) is holds:
                _present(flow, name)
        case ast.Name(id=name) if holds:
            _present(flow, name)
        case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), kind]) if holds:
            match flow.env.get(name), flow.lookup(dotted_name(kind) or ""):
                case Row(model=model) as row, ModelClass(model=child) if (
                    model.full_name in child.parents
                ):
                    flow.env[name] = replace(row, model=child, optional=False)


def truth(flow: Flow, test: ast.expr, value: Value) -> bool | None:
    """What a condition is for what this caller has given; None where that may be either."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            found = truth(flow, inner, _known(flow, inner))
            return None if found is None else not found
        case ast.BoolOp(op=op, values=values):
            parts = [truth(flow, part, _known(flow, part)) for part in values]
            decisive = isinstance(op, ast.Or)
            if decisive in parts:
                return decisive
            return None if None in parts else not decisive
        case ast.Compare(
            left=ast.Name() as left, ops=[ast.Is() | ast.IsNot() as op],
            comparators=[ast.Constant(value=None)],
        ):  # fmt: skip
            given = _known(flow, left)
            if given == NONE:
                return isinstance(op, ast.Is)
            if isinstance(given, Items | Tuple | Session | Query) or (
                isinstance(given, Plain | Row | Cell) and not may_be_none(given)
            ):
                return isinstance(op, ast.IsNot)
            return None
    match value:
        case Plain(constant=None | bool() | int() | str() as constant):
            return bool(constant)
    return None


def _known(flow: Flow, node: ast.expr) -> Value:
    """What a name holds or a literal is, without evaluating anything once more."""
    match node:
        case ast.Name(id=name):
            return flow.env.get(name, ANYTHING)
        case ast.Constant():
            return flow.ev(node)
    return ANYTHING


def _present(flow: Flow, name: str) -> None:
    match flow.env.get(name):
        case Row() as row:
            flow.env[name] = replace(row, optional=False)
        case Plain() as plain if plain.constant is ...:
            flow.env[name] = replace(plain, optional=False)
        case Unknown(lacking=True) as unknown:
            flow.env[name] = replace(unknown, lacking=False)
