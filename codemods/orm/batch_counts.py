"""How many of its queries a helper sends in one call, at most."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from codemods.facts.nodes import walk

# What goes on behind a block, and what has left the function in it; None where there is no way.
_Most = tuple[int | None, int | None]


def most(function: ast.FunctionDef | ast.AsyncFunctionDef, queries: Sequence[ast.expr]) -> int:
    """The greatest number of `queries` on one way through a function."""
    goes_on, left = _block(function.body, frozenset(queries))
    return max(goes_on or 0, left or 0)


def _block(block: Sequence[ast.stmt], queries: frozenset[ast.expr]) -> _Most:
    sent, left = 0, None
    for statement in block:
        goes_on, exits = _statement(statement, queries)
        left = _larger(left, None if exits is None else sent + exits)
        if goes_on is None:
            return None, left
        sent += goes_on
    return sent, left


def _statement(statement: ast.stmt, queries: frozenset[ast.expr]) -> _Most:
    match statement:
        case ast.Return() | ast.Raise():
            return None, _count(statement, queries)
        case ast.If(test=test, body=body, orelse=orelse):
            return _after(
                _count(test, queries), _either(_block(body, queries), _block(orelse, queries))
            )
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=finalbody):
            whole = _block([*body, *orelse], queries)
            sent = max(whole[0] or 0, whole[1] or 0)
            for handler in handlers:
                whole = _either(whole, _after(sent, _block(handler.body, queries)))
            last = _block(finalbody, queries)[0] or 0
            return _after(last, whole)
        case ast.With(body=body) | ast.AsyncWith(body=body) if not _count_items(statement, queries):
            return _block(body, queries)
    return _count(statement, queries), None


def _count_items(statement: ast.With | ast.AsyncWith, queries: frozenset[ast.expr]) -> int:
    return sum(_count(item, queries) for item in statement.items)


def _count(node: ast.AST, queries: frozenset[ast.expr]) -> int:
    return sum(item in queries for item in walk(node))


def _after(sent: int, found: _Most) -> _Most:
    one, other = (None if number is None else sent + number for number in found)
    return one, other


def _either(one: _Most, other: _Most) -> _Most:
    return _larger(one[0], other[0]), _larger(one[1], other[1])


def _larger(one: int | None, other: int | None) -> int | None:
    return max((n for n in (one, other) if n is not None), default=None)
