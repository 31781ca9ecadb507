"""The nodes below a node are those that `ast` finds, without contexts and operators."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from codemods.facts.nodes import children, walk

LEAVES = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)
CODE = """
import a.b as c
from d import e

@decorated(1)
async def f(x: int, /, y=1, *args, z, w=2, **more) -> None:
    global g
    async with o as p, q: pass
    del x[1:2, ::3]
    try: await h(*x, **{**k, "l": 1})
    except (m, n) as error: raise N from error
    else: assert f"{a!r:>{b}}"
    finally: (yield from u) if not v else lambda s: s
    match r:
        case {"a": 1, **rest} | [1, *_] | K(x, y=None) as whole if t < 2: ...
    return [i async for i in j if i and j or k]

class L(M, metaclass=O): a: int = 1
"""


@pytest.mark.parametrize("text", [CODE, Path(__file__).read_text("utf-8"), ""])
def test_as_ast_finds_them(text: str) -> None:
    tree = ast.parse(text)
    known = [node for node in ast.walk(tree) if not isinstance(node, LEAVES)]
    assert walk(tree) == known
    for node in known:
        below = [item for item in ast.iter_child_nodes(node) if not isinstance(item, LEAVES)]
        assert children(node) == below
