"""What functions give back: values that nobody can change, and values that change by themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codemods.facts.nodes import walk
from codemods.orm.values import Cell, Plain, Tuple, Value

# Kinds of values that nobody can change.
VALUES = frozenset({
    "int", "str", "bool", "float", "Decimal", "date", "datetime", "time", "timedelta", "enum",
    "UUID", "bytes",
})  # fmt: skip
# What gives something else each time.
_CLOCKS = frozenset({
    "now", "utcnow", "today", "time", "monotonic", "random", "randint", "choice", "uuid4",
})  # fmt: skip


def is_data(value: Value) -> bool:
    """True for what leads to no row and cannot be changed."""
    match value:
        case Cell(column=column):
            return not column.decorated and column.python in VALUES
        case Plain(kind=kind):
            return kind is None or kind in VALUES
        case Tuple(elements=elements):
            return all(map(is_data, elements))
    return False


def clocks(node: ast.AST) -> Iterator[str]:
    """The functions that a function calls which give something else each time."""
    for item in walk(node):
        match item:
            case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)) if (
                called in _CLOCKS
            ):
                yield called
