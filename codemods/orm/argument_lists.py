"""The arguments of a call, or the elements of a tuple, as the text of a template with holes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable

from codemods.patch import Copied, Hole
from codemods.source import Place


def listed(
    nodes: Iterable[ast.expr | ast.keyword], place: Callable[[ast.expr], Place]
) -> tuple[tuple[str, ...], dict[str, Hole]]:
    """`{p0}`, `*{p1}`, `lazy={p2}`: one text for each of the nodes, and what fills the holes.

    Args:
        place: where an expression stands.
    """
    texts: list[str] = []
    holes: dict[str, Hole] = {}
    for number, node in enumerate(nodes):
        before, value = "", node
        match node:
            case ast.Starred(value=inner):
                before, value = "*", inner
            case ast.keyword(arg=name, value=inner):
                before, value = f"{name}=" if name else "**", inner
        assert isinstance(value, ast.expr)
        texts.append(f"{before}{{p{number}}}")
        holes[f"p{number}"] = Copied(place(value))
    return tuple(texts), holes
