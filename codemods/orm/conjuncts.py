"""The conditions that `and_()` and `&` join."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm.names import AND

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


def conjuncts(scope: Scope, arguments: Iterable[ast.expr]) -> Iterator[ast.expr]:
    """The arguments of a `where()` with each condition of an `and_()` in the place of that."""
    for argument in arguments:
        match argument:
            case ast.Call(func=func, args=[_, *_] as parts, keywords=[]) if _is_and(scope, func):
                yield from conjuncts(scope, parts)
            case ast.BinOp(op=ast.BitAnd(), left=left, right=right):
                yield from conjuncts(scope, (left, right))
            case _:
                yield argument


def _is_and(scope: Scope, function: ast.expr) -> bool:
    full = scope.index.resolve(scope.module, dotted_name(function) or "")
    return full is not None and scope.index.canonical(full) in AND
