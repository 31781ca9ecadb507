"""Values that a query makes anew each time it is sent, and that code can change: JSON, arrays."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition
from codemods.orm import uses
from codemods.orm.containers import MUTATORS
from codemods.orm.plain_answers import VALUES
from codemods.orm.preconditions import proven, unknown
from codemods.orm.query import Aggregate
from codemods.orm.values import ColumnRef, Value

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup
    from codemods.orm.scope import Scope
    from codemods.project.model import Column

_LOOKING = frozenset({"len", "bool", "str", "repr", "int", "float"})


def may_change(value: Value) -> bool:
    """True for what is selected if code can change the object that a row has of it."""
    match value:
        case ColumnRef(column=column):
            return _is_open(column)
        case Aggregate(function=function):
            return function == "array_agg"
    return False


def _is_open(column: Column) -> bool:
    return column.decorated or column.python not in VALUES


def not_shared(lookup: Lookup) -> Precondition:
    """Items with one key get one object, which none of them changes or keeps.

    The session forgets a row when nothing holds it, and loads its values anew for the next item.
    """
    name, scope = "value-not-shared", lookup.scope
    if lookup.kind in ("row", "rows") and (column := _changed_inside(lookup)) is not None:
        text = f"the next item with this key would find what the loop changes inside of {column}"
        return unknown(scope, name, text, lookup.run)
    asked = (*lookup.columns, *((lookup.aggregate,) if lookup.aggregate is not None else ()))
    changing = next((value for value in asked if may_change(value)), None)
    if changing is None or lookup.tested is not None:
        return proven(name, "the answer is a value that cannot be changed, or rows of the session")
    read = uses.uses(scope, lookup.expression, lookup.loop.owner)
    if lookup.kind == "value" and all(_looked_at(scope, use) for use in read):
        return proven(name, "the loop only looks at what it gets")
    text = "items with one key get one object, which one of them may change or keep"
    return unknown(scope, name, text, lookup.run)


def _changed_inside(lookup: Lookup) -> str | None:
    """A column of the rows whose value the loop changes where it is: `row.data["seen"] = True`."""
    for node in walk(lookup.loop.owner):
        match node:
            case ast.Subscript(value=ast.Attribute(attr=name), ctx=ast.Store() | ast.Del()):
                pass
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr=name), attr=method)) if (
                method in MUTATORS
            ):
                pass
            case _:
                continue
        column = lookup.model.columns.get(name)
        if column is not None and _is_open(column):
            return name
    return None


def _looked_at(scope: Scope, node: ast.expr) -> bool:
    """True if a value is tested, compared, measured or shown on the spot, or a part of it is."""
    match scope.parents.get(node):
        case ast.Subscript(value=value, ctx=ast.Load()) as item if value is node:
            return _looked_at(scope, item)
        case ast.Attribute(value=value, attr="get") as method if value is node:
            match scope.parents.get(method):
                case ast.Call(func=function) as got if function is method:
                    return _looked_at(scope, got)
            return False
        case ast.Call(func=ast.Name(id=name)):
            return name in _LOOKING
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            return test is node
        case ast.BoolOp() as test:
            return _looked_at(scope, test)
        case ast.Compare() | ast.FormattedValue() | ast.UnaryOp(op=ast.Not()):
            return True
    return False
