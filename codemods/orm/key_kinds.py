"""What an expression that is a key can be, where no value says so: text that is put together, cells
of a CSV file."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.values import Symbol

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_CELLS = frozenset({"csv.DictReader", "csv.reader"})
_TEXT_METHODS = frozenset({
    "strip", "lstrip", "rstrip", "lower", "upper", "title", "casefold", "capitalize", "replace",
    "removeprefix", "removesuffix", "zfill",
})  # fmt: skip


def is_text(scope: Scope, node: ast.expr, depth: int = 0) -> bool:
    """True for an expression that is a `str`, or None, or raises."""
    if depth > 5:
        return False
    match node:
        case ast.Constant(value=value):
            return isinstance(value, str)
        case ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return is_text(scope, left, depth + 1) or is_text(scope, right, depth + 1)
        case ast.BoolOp(values=values):
            return all(is_text(scope, value, depth + 1) for value in values)
        case ast.IfExp(body=body, orelse=orelse):
            none = isinstance(orelse, ast.Constant) and orelse.value is None
            return is_text(scope, body, depth + 1) and (none or is_text(scope, orelse, depth + 1))
        case ast.Call(func=ast.Attribute(value=owner, attr=name)) if name in _TEXT_METHODS:
            return is_text(scope, owner, depth + 1)
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant()):
            return _is_row_of_cells(scope, name)
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=name), attr="get"), args=[ast.Constant()]
        ):
            return _is_row_of_cells(scope, name)
        case ast.Name(id=name):
            made = _assigned(scope, name)
            return made is not None and is_text(scope, made, depth + 1)
    return False


def _is_row_of_cells(scope: Scope, name: str) -> bool:
    """True for a variable that is bound only by loops over the rows of a CSV file."""
    bound = [
        n
        for n in walk(scope.node)
        if isinstance(n, ast.Name | ast.arg)
        and (n.arg if isinstance(n, ast.arg) else n.id) == name
        and not (isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))
    ]
    loops = [
        n
        for n in walk(scope.node)
        if isinstance(n, ast.For | ast.comprehension)
        and isinstance(n.target, ast.Name)
        and n.target.id == name
    ]
    changed = any(
        isinstance(n, ast.Subscript)
        and isinstance(n.value, ast.Name)
        and n.value.id == name
        and not isinstance(n.ctx, ast.Load)
        for n in walk(scope.node)
    )
    if not loops or len(loops) != len(bound) or changed:
        return False
    return all(_is_reader(scope, loop.iter) for loop in loops)


def _is_reader(scope: Scope, node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="list" | "sorted"), args=[inner]):
            return _is_reader(scope, inner)
        case ast.Call(func=function, args=arguments, keywords=keywords):
            # others may turn cells into numbers, or fill them with something else
            plain = all(keyword.arg in ("fieldnames", "delimiter") for keyword in keywords)
            value = scope.flow.lookup(dotted_name(function) or "")
            found = value.full_name if isinstance(value, Symbol) else ""
            return plain and found in _CELLS and len(arguments) <= 1 + found.endswith("DictReader")
        case ast.Name(id=name):
            made = _assigned(scope, name)
            return made is not None and not isinstance(made, ast.Name) and _is_reader(scope, made)
    return False


def _assigned(scope: Scope, name: str) -> ast.expr | None:
    """The only thing that a variable of the function is ever bound to."""
    stores = [
        n
        for n in walk(scope.node)
        if (isinstance(n, ast.Name) and n.id == name and not isinstance(n.ctx, ast.Load))
        or (isinstance(n, ast.arg) and n.arg == name)
    ]
    found = [
        n.value
        for n in walk(scope.node)
        if isinstance(n, ast.Assign)
        and len(n.targets) == 1
        and isinstance(n.targets[0], ast.Name)
        and n.targets[0].id == name
    ]
    return found[0] if len(stores) == len(found) == 1 else None
