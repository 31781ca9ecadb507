"""How many queries one call of a function sends at most."""

from __future__ import annotations

import ast
import textwrap

import pytest

from codemods.orm.batch_counts import most

CODE = {
    "a = q()\nb = q()": 2,
    "if x:\n    return q()\nreturn q()": 1,
    "if x:\n    a = q()\nelse:\n    b = q()\nreturn q()": 2,
    "if q():\n    return q()\nreturn q()": 2,
    "a = q()\nif not a:\n    return None\nb = q()\nreturn b": 2,
    "try:\n    return q()\nexcept E:\n    return q()": 2,
    "try:\n    a = 1\nexcept E:\n    a = q()\nfinally:\n    b = q()": 2,
    "with q() as c:\n    return q()": 2,
    "with c:\n    if x:\n        return q()\nreturn q()": 1,
    "raise E(q())": 1,
    "return [q(), q()]": 2,
    "pass": 0,
}


@pytest.mark.parametrize("code", CODE)
def test_most(code: str) -> None:
    function = ast.parse(f"def f():\n{textwrap.indent(code, '    ')}").body[0]
    assert isinstance(function, ast.FunctionDef)
    queries = [n for n in ast.walk(function) if isinstance(n, ast.Call) and ast.unparse(n) == "q()"]
    assert most(function, queries) == CODE[code]
