"""Functions that those of the standard library call: `groupby(rows, key=f)`, `starmap(f, pairs)`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.orm import functions, protocols
from codemods.orm.values import ANYTHING, Bound, Function, Items, Symbol, Tuple, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow

_IN_PAIRS = frozenset({"functools.reduce", "functools.cmp_to_key", "itertools.accumulate"})


def called(flow: Flow, node: ast.Call, full_name: str, arguments: list[Value]) -> None:
    """What `groupby(rows, key=f)` and its like do with a function that they are handed, and
    `operator.add(a, b)` with objects that say themselves what that means."""
    if full_name.startswith(("sqlalchemy.", "sqlmodel.")):
        return
    if full_name.startswith("operator."):
        _operated(flow, node, full_name[9:].strip("_"), arguments)
        return
    values = [*arguments, *(flow.keywords.get(k.value, ANYTHING) for k in node.keywords)]
    elements = [value.element for value in values if isinstance(value, Items)]
    for value in values:
        own = isinstance(value, Symbol) and flow.index.function(value.full_name) is not None
        if own or isinstance(value, Function) or (isinstance(value, Bound) and value.tainted):
            items = Items(functions.join_all(elements) if elements else ANYTHING)
            lazily = full_name.startswith("itertools.")
            if full_name == "itertools.starmap":
                functions.apply(flow, node, value, items, lazily, _parts)
            elif full_name in _IN_PAIRS:
                functions.apply(flow, node, value, items, lazily, lambda each: (each, each))
            else:
                functions.apply(flow, node, value, items, lazily)


def _parts(element: Value) -> tuple[Value, ...]:
    """What `starmap()` calls a function with for one item."""
    return element.elements if isinstance(element, Tuple) else (ANYTHING,) * 6


def _operated(flow: Flow, node: ast.Call, name: str, arguments: list[Value]) -> None:
    """`operator.add(a, b)`, `operator.call(f, a)`."""
    match arguments:
        case [function, *given] if name == "call":
            functions.apply(flow, node, function, Items(ANYTHING), False, lambda _: (*given,))
        case [left, *others]:
            protocols.used(flow, node, left, f"__{name}__")
            for each in others:
                protocols.used(flow, node, each, f"__r{name}__")
