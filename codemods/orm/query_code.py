"""Pieces of queries as code: one with one more call, or the reason why there is none."""

from __future__ import annotations

import ast

from codemods.patch import Code, Copied, Hole


class Unwritable(Exception):
    """Why there is no way to write a query; `node` shows it."""

    def __init__(self, reason: str, node: ast.AST) -> None:
        super().__init__(reason)
        self.reason = reason
        self.node = node


def called(
    before: Code | Copied, method: str, positional: list[Hole], named: list[tuple[str, Hole]]
) -> Code:
    """`before.method(…)`."""
    holes: dict[str, Hole] = {f"p{n}": piece for n, piece in enumerate(positional)}
    listed = [f"{{{name}}}" for name in holes]
    for number, (name, value) in enumerate(named):
        holes[f"k{number}"] = value
        listed.append(f"{name}={{k{number}}}")
    return Code.of(f"{{before}}.{method}({', '.join(listed)})", before=before, **holes)


def as_code(part: Code | Copied) -> Code:
    """A copy as a template that is nothing but this copy."""
    return part if isinstance(part, Code) else Code.of("{part}", part=part)
