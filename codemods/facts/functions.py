"""What a function's head and last statement say."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from codemods.facts.nodes import walk
from codemods.facts.symbols import Call, Name, Other, Symbol, dotted_name, symbol
from codemods.facts.symbols import walk as parts
from codemods.facts.values import Parameter, ParameterKind

_MAPPED = frozenset({"Column", "mapped_column", "relationship"})
# What is returned by methods with these says nothing about a mapping.
_UNMAPPED = frozenset({"property", "classmethod", "staticmethod", "cached_property"})
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


def parameters(arguments: ast.arguments, text: Callable[[ast.expr], str]) -> tuple[Parameter, ...]:
    """The parameters in order; `text` gives an annotation as it is written."""
    if not (
        arguments.defaults
        or arguments.kwonlyargs
        or arguments.posonlyargs
        or arguments.vararg
        or arguments.kwarg
    ):
        return tuple(
            [
                (
                    plain_parameter(item.arg)
                    if item.annotation is None
                    else Parameter(item.arg, "positional", text(item.annotation))
                )
                for item in arguments.args
            ]
        )
    found: list[Parameter] = []

    def add(item: ast.arg, kind: ParameterKind, default: ast.expr | None = None) -> None:
        found.append(
            Parameter(
                item.arg,
                kind,
                None if item.annotation is None else text(item.annotation),
                None if default is None else symbol(default),
            )
        )

    positional = [*arguments.posonlyargs, *arguments.args]
    without = len(positional) - len(arguments.defaults)
    for index, item in enumerate(positional):
        kind: ParameterKind = (
            "positional-only" if index < len(arguments.posonlyargs) else "positional"
        )
        add(item, kind, arguments.defaults[index - without] if index >= without else None)
    if arguments.vararg:
        add(arguments.vararg, "var-positional")
    for item, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        add(item, "keyword-only", default)
    if arguments.kwarg:
        add(arguments.kwarg, "var-keyword")
    return tuple(found)


@lru_cache(maxsize=4096)
def plain_parameter(name: str) -> Parameter:
    return Parameter(name, "positional")


def decorator(node: ast.expr) -> str:
    while isinstance(node, ast.Call):
        node = node.func
    return dotted_name(node) or ""


def property_half(name: str, decorators: tuple[str, ...]) -> str:
    """`setter`, `deleter` or the like of what must not hide the property that it belongs to."""
    for decorated in decorators:
        if decorated.startswith(f"{name}.") and not decorated.endswith(".getter"):
            return decorated.rpartition(".")[2]
    return ""


def returned(node: Function, method: bool) -> Symbol | None:
    """The value of a last `return`: of a method that is decorated or has no other statement, and
    of a function that makes a column or relationship and that nothing decorates."""
    last = node.body[-1]
    if not isinstance(last, ast.Return) or last.value is None:
        return None
    if not method:
        made = dotted_name(last.value.func) if isinstance(last.value, ast.Call) else None
        if made is None or made.rpartition(".")[2] not in _MAPPED or node.decorator_list:
            return None
        made_by = symbol(last.value)
        return made_by if _statements(node) == 1 else _as_far_as_known(node, made_by)
    if _statements(node) > 1 and not node.decorator_list:
        return None
    return symbol(last.value)


def _statements(node: Function) -> int:
    """How many statements a function has, its docstring aside."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return len(node.body) - documented


def _as_far_as_known(node: Function, made: Symbol) -> Symbol:
    """What a function makes that does something before: what its variables hold then is not known,
    nor what it makes where it returns earlier."""
    others = [item for item in walk(node) if isinstance(item, ast.Return)]
    bound = {item.arg for item in walk(node.args) if isinstance(item, ast.arg)}
    bound |= {
        item.id
        for item in walk(node)
        if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store)
    }

    def known(value: Symbol) -> Symbol:
        if len(others) > 1 or any(
            isinstance(part, Name) and part.dotted.partition(".")[0] in bound
            for part in parts(value)
            if not isinstance(value, Call)
        ):
            return Other("Variable")
        return inside(value) if isinstance(value, Call) else value

    def inside(call: Call) -> Call:
        return Call(
            call.callee,
            tuple(known(value) for value in call.arguments),
            tuple((key, known(value)) for key, value in call.keywords),
        )

    return inside(made) if isinstance(made, Call) else made


def whole_if_needed(node: Function, owner: str | None, text: str) -> Function | None:
    """A function whose body was left out, with it if what it returns may be of interest."""
    if (
        owner is None
        or "return" not in text
        or all(decorator(item) in _UNMAPPED for item in node.decorator_list)
    ):
        return None
    around = ast.parse(f"if 1:\n{' ' * node.col_offset}{text}").body[0]
    assert isinstance(around, ast.If)
    whole = around.body[0]
    assert isinstance(whole, ast.FunctionDef | ast.AsyncFunctionDef)
    whole.decorator_list = node.decorator_list
    return whole
