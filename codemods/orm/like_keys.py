"""Keys of a LIKE of which the code itself makes sure that they have no wildcards."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.scope import Scope

# What LIKE takes for more than a letter; a backslash escapes, on PostgreSQL without being asked.
WILDCARDS = frozenset("%_\\")
_PLAIN = frozenset({"isalnum", "isalpha", "isdigit", "isdecimal", "isnumeric"})
# A regular expression of letters, digits, a few signs and classes of them: neither `.` nor `\\w`.
_LETTERS = re.compile(r"(?:[A-Za-z0-9 :/=@#,;<>!&~'\"-]|\\[d.\-/+]|\[[A-Za-z0-9.:/ -]+\]|[()|?*+^$]|"
                      r"\{\d+(?:,\d*)?\})+")  # fmt: skip
_LEAVING = (ast.Continue, ast.Break, ast.Return, ast.Raise)


def without_wildcards(scope: Scope, run: Run, key: ast.expr) -> bool:
    """True if the key of a query can have no wildcard there."""
    if not isinstance(key, ast.Name):
        return False
    if _is_listed(scope, run, key.id):
        return True
    loop = run.loops[-1]
    inside = [node for node in walk(loop.owner) if isinstance(node, ast.Name)]
    bound = [node for node in inside if node.id == key.id and not isinstance(node.ctx, ast.Load)]
    if len(bound) != 1 or (key.id not in loop.names and key.id not in loop.assigned):
        return False
    if any(_holds(scope, test, key.id) for test in _around(scope, run)):
        return True
    return any(_fails(scope, test, key.id) for test in _left_before(scope, run))


def _is_listed(scope: Scope, run: Run, name: str) -> bool:
    """True for the variable of a loop over texts that are written out."""
    for loop in run.loops:
        node = loop.node
        if isinstance(node, ast.While) or not isinstance(node.target, ast.Name):
            continue
        if node.target.id != name:
            continue
        match loop.iterable:
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                return all(
                    isinstance(e, ast.Constant)
                    and isinstance(e.value, str)
                    and not WILDCARDS & set(e.value)
                    for e in elements
                )
    return False


def _around(scope: Scope, run: Run) -> Iterator[ast.expr]:
    """The conditions that hold where the query is sent."""
    node: ast.AST = run.expression
    while node is not run.loops[-1].owner and node in scope.parents:
        above = scope.parents[node]
        if isinstance(above, ast.If) and node in above.body:
            yield above.test
        node = above
    if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
        yield from node.generators[-1].ifs


def _left_before(scope: Scope, run: Run) -> Iterator[ast.expr]:
    """The conditions under which the loop's body goes on to its next item before the query."""
    node: ast.AST | None = run.statement
    while isinstance(node, ast.stmt) and node is not run.loops[-1].owner:
        block, position = scope.flow.blocks.get(node, ([], 0))
        for statement in block[:position]:
            match statement:
                case ast.If(test=test, body=[*_, last], orelse=[]) if isinstance(last, _LEAVING):
                    yield test
        node = scope.parents.get(node)


def _holds(scope: Scope, test: ast.expr, name: str) -> bool:
    """True if a key for which the test holds has no wildcard."""
    match test:
        case ast.BoolOp(op=ast.And(), values=values):
            return any(_holds(scope, value, name) for value in values)
        case ast.BoolOp(op=ast.Or(), values=values):
            return all(_holds(scope, value, name) for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _fails(scope, operand, name)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=read), attr=method), args=[]):
            return read == name and method in _PLAIN
        case ast.Call(func=ast.Attribute(attr="fullmatch") as function, args=arguments):
            return _matches(scope, function, arguments, name)
        case ast.Compare(
            left=ast.Call() as call, ops=[ast.IsNot()], comparators=[ast.Constant(None)]
        ):
            return _holds(scope, call, name)
    return False


def _fails(scope: Scope, test: ast.expr, name: str) -> bool:
    """True if a key for which the test does not hold has no wildcard."""
    match test:
        case ast.BoolOp(op=ast.Or(), values=values):
            return any(_fails(scope, value, name) for value in values)
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_fails(scope, value, name) for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _holds(scope, operand, name)
        case ast.Compare(left=ast.Call() as call, ops=[ast.Is()], comparators=[ast.Constant(None)]):
            return _holds(scope, call, name)
    return False


def _matches(scope: Scope, function: ast.Attribute, arguments: list[ast.expr], name: str) -> bool:
    """True for `re.fullmatch("CVE-[0-9]+", key)`, and for that of a pattern of the module."""
    match arguments:
        case [ast.Constant(value=str() as pattern), ast.Name(id=read)]:
            library = scope.index.resolve(scope.module, dotted_name(function) or "")
            return library == "re.fullmatch" and read == name and bool(_LETTERS.fullmatch(pattern))
        case [ast.Name(id=read)] if isinstance(function.value, ast.Name) and read == name:
            compiled = _compiled(scope, function.value.id)
            return compiled is not None and bool(_LETTERS.fullmatch(compiled))
    return False


def _compiled(scope: Scope, name: str) -> str | None:
    """The pattern that a variable of the module holds."""
    bound = [
        node
        for node in walk(scope.tree)
        if (isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load))
        or (isinstance(node, ast.arg) and node.arg == name)
    ]
    for statement in scope.tree.body if len(bound) == 1 else ():
        match statement:
            case ast.Assign(
                targets=[ast.Name(id=found)],
                value=ast.Call(func=function, args=[ast.Constant(value=str() as pattern)]),
            ) if (
                found == name
            ):
                library = scope.index.resolve(scope.module, dotted_name(function) or "")
                return pattern if library == "re.compile" else None
    return None
