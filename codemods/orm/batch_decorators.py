"""Decorators that hand on whatever a function is called with."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.callees import last

if TYPE_CHECKING:
    from codemods.facts.values import ModuleFacts
    from codemods.orm.frames import Program

_KEEPING = frozenset({"classmethod", "staticmethod", "final"})


def hands_on(program: Program, module: ModuleFacts, decorator: str) -> bool:
    """True if a decorated function can get another parameter.

    Either the decorator leaves the function as it is, or it is a function of the project whose
    wrapper looks at no argument: `def wrapper(*args, **kwargs): … func(*args, **kwargs) …`.
    """
    if last(decorator) in _KEEPING:
        return True
    full = program.index.resolve_local(module, decorator)
    facts = program.index.function(full) if full is not None else None
    code = program.code(facts) if facts is not None else None
    if code is None or isinstance(code.node, ast.Module):
        return False
    match code.node:
        case ast.FunctionDef(
            args=ast.arguments(args=[ast.arg(arg=function)], vararg=None, kwarg=None),
            body=[
                *before,
                ast.FunctionDef() | ast.AsyncFunctionDef() as wrapper,
                ast.Return(value),
            ],
        ) if not before or (len(before) == 1 and ast.get_docstring(code.node) is not None):
            named = isinstance(value, ast.Name) and value.id == wrapper.name
            return named and _calls_with_all(wrapper, function)
    return False


def _calls_with_all(wrapper: ast.FunctionDef | ast.AsyncFunctionDef, function: str) -> bool:
    """True if all arguments go to `function`, and nowhere else."""
    match wrapper.args:
        case ast.arguments(
            posonlyargs=[],
            args=[],
            kwonlyargs=[],
            vararg=ast.arg() as rest,
            kwarg=ast.arg() as named,
        ):
            pass
        case _:
            return False
    read = [
        node
        for node in walk(wrapper)
        if isinstance(node, ast.Name) and node.id in (rest.arg, named.arg)
    ]
    handed = 0
    for node in walk(wrapper):
        match node:
            case ast.Call(
                func=ast.Name(id=called),
                args=[ast.Starred(value=ast.Name(id=first))],
                keywords=[ast.keyword(arg=None, value=ast.Name(id=second))],
            ) if called == function and (first, second) == (rest.arg, named.arg):
                handed += 1
    return bool(handed) and len(read) == 2 * handed
