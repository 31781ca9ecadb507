"""Pieces of queries as code: what is sent, one with one more call, or the reason why there is none."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.patch import Code, Copied, Hole

if TYPE_CHECKING:
    from codemods.orm.events import Run


class Unwritable(Exception):
    """Why there is no way to write a query; `node` shows it."""

    def __init__(self, reason: str, node: ast.AST) -> None:
        super().__init__(reason)
        self.reason = reason
        self.node = node


def called(
    before: Code | Copied, method: str, positional: list[Hole], named: list[tuple[str, Hole]]
) -> Code:
    """`before.method(…)`; an argument named "" is a dict of them: `**given`."""
    holes: dict[str, Hole] = {f"p{n}": piece for n, piece in enumerate(positional)}
    listed = [f"{{{name}}}" for name in holes]
    for number, (name, value) in enumerate(named):
        holes[f"k{number}"] = value
        listed.append(f"{name}={{k{number}}}" if name else f"**{{k{number}}}")
    return Code.of(f"{{before}}.{method}({', '.join(listed)})", before=before, **holes)


def as_code(part: Code | Copied) -> Code:
    """A copy as a template that is nothing but this copy."""
    return part if isinstance(part, Code) else Code.of("{part}", part=part)


def sent_query(run: Run) -> ast.expr | None:
    """The expression of the query, or of the SELECT that is sent, where it stands alone."""
    if run.query.style == "legacy":
        match run.node:
            case ast.Call(func=ast.Attribute(value=query), args=[], keywords=[]) if (
                run.terminal != "iterate"
            ):
                return query
            case node if run.terminal == "iterate" and isinstance(node, ast.expr):
                return node
        return None
    match run.node:
        case ast.Call(args=[statement], keywords=[]) if run.session_node is not None:
            return None if isinstance(statement, ast.Starred) else statement
    return None
