"""Dicts of rows by a column that several rows may share, which keep the last row of each key."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.orm.events import Loop
from codemods.orm.query import Query
from codemods.orm.scans import of_many
from codemods.orm.values import Items, Row, may_be_none
from codemods.project.model import Column

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_SIMPLE = frozenset({"filter", "where", "filter_by", "options", "order_by"})


@dataclass(frozen=True)
class RowDict:
    """`name = {row.column: row for row in rows}`, and what takes it for all the rows.

    `made` is the comprehension, or what a loop assigns to: `name[row.column]`.
    """

    scope: Scope = field(repr=False)
    loop: Loop
    made: ast.expr
    name: str
    row: Row
    column: Column
    use: ast.expr
    summed: bool


def row_dicts(scope: Scope) -> Iterator[RowDict]:
    """Every such dict of the function itself that is used as if it held all rows."""
    for loop in scope.flow.all_loops:
        if loop.frame.caller is None and (found := _row_dict(scope, loop)) is not None:
            yield found


def _row_dict(scope: Scope, loop: Loop) -> RowDict | None:
    filed = _filed(scope, loop.owner)
    if filed is None:
        return None
    made, attribute, name = filed
    row = loop.items.element if isinstance(loop.items, Items) else None
    if not isinstance(row, Row) or not of_many(row) or not row.model.complete:
        return None
    column = row.model.columns.get(attribute)
    if column is None or column.expression:
        return None
    queries = [origin.run.query for origin in row.origins if origin.run is not None]
    if not all(_may_share(row, query, attribute) for query in queries):
        return None
    ordered = any(query.has("order_by") for query in queries)
    for use, summed in _uses(scope, name, attribute):
        # the last one of each key, in an order that was asked for, is what one may want
        if not (summed and ordered):
            return RowDict(scope, loop, made, name, row, column, use, summed)
    return None


def _filed(scope: Scope, owner: ast.AST) -> tuple[ast.expr, str, str] | None:
    """What puts each row of a loop into a dict, by which attribute, and the variable of the dict."""
    made: ast.expr
    match owner:
        case ast.DictComp(key=key, value=value, generators=[clause]):
            made = owner
        case ast.GeneratorExp(elt=ast.Tuple([key, value]), generators=[clause]):
            outer = scope.parents.get(owner)
            if not isinstance(outer, ast.Call) or ast.unparse(outer.func) != "dict":
                return None
            made = outer
        case ast.For(target=ast.Name(id=bound), body=body, orelse=[]):
            return next((found for s in body if (found := _assigned(scope, s, bound))), None)
        case _:
            return None
    match clause, key, value:
        case (
            ast.comprehension(target=ast.Name(id=bound), ifs=[]),
            ast.Attribute(value=ast.Name(id=of), attr=attribute),
            ast.Name(id=variable),
        ) if (
            of == variable == bound and (name := _variable(scope, made)) is not None
        ):
            return made, attribute, name
    return None


def _assigned(scope: Scope, statement: ast.stmt, bound: str) -> tuple[ast.expr, str, str] | None:
    """The same of `name[row.column] = row`, where nothing else is put into the dict."""
    match statement:
        case ast.Assign(
            targets=[
                ast.Subscript(
                    value=ast.Name(id=name),
                    slice=ast.Attribute(value=ast.Name(id=of), attr=attribute),
                ) as made
            ],
            value=ast.Name(id=variable),
        ) if (
            of == variable == bound
        ):
            pass
        case _:
            return None
    named = [node for node in walk(scope.node) if isinstance(node, ast.Name) and node.id == name]
    above = [scope.parents.get(node) for node in named]
    bound_by = [parent for node, parent in zip(named, above, strict=True) if not _reads(node)]
    changed = [p for p in above if isinstance(p, ast.Subscript) and not _reads(p)]
    once = len(bound_by) == len(changed) == 1 and _is_empty(bound_by[0])
    return (made, attribute, name) if once else None


def _reads(node: ast.Name | ast.Subscript) -> bool:
    return isinstance(node.ctx, ast.Load)


def _is_empty(statement: ast.AST | None) -> bool:
    match statement:
        case ast.Assign(
            value=ast.Dict(keys=[]) | ast.Call(func=ast.Name(id="dict"), args=[])
        ) | ast.AnnAssign(value=ast.Dict(keys=[]) | ast.Call(func=ast.Name(id="dict"), args=[])):
            return True
    return False


def _may_share(row: Row, query: Query, attribute: str) -> bool:
    """True if the query may find two rows that have the same in this column."""
    if any(call.method not in _SIMPLE for call in query.calls):
        return False
    fixed = {
        p.column.name
        for p in query.predicates
        if p.is_equality and p.column and p.model is row.model
        if p.value is not None and not may_be_none(p.value)
    }
    return not row.model.is_unique(frozenset({attribute} | fixed))


def _variable(scope: Scope, made: ast.AST) -> str | None:
    """The variable that holds the dict and nothing else."""
    match scope.parents.get(made):
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            pass
        case _:
            return None
    stores = [
        node
        for node in walk(scope.node)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
    ]
    return name if len(stores) == 1 else None


def _uses(scope: Scope, name: str, attribute: str) -> Iterator[tuple[ast.expr, bool]]:
    """Where all rows of a key are looked for in the dict, and where it is summed up (True)."""
    for node in walk(scope.node):
        match node:
            case (
                ast.ListComp(generators=[clause])
                | ast.SetComp(generators=[clause])
                | (ast.GeneratorExp(generators=[clause]))
            ):
                pass
            case _:
                continue
        if not _is_values(clause.iter, name) or not isinstance(clause.target, ast.Name):
            continue
        outer = scope.parents.get(node)
        called = ast.unparse(outer.func) if isinstance(outer, ast.Call) else ""
        if any(_compares(test, clause.target.id, attribute) for test in clause.ifs):
            if called not in ("next", "any"):
                yield clause.iter, False
        elif called == "sum":
            yield clause.iter, True


def _is_values(node: ast.expr, name: str) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr="values"), args=[]):
            return owner == name
    return False


def _compares(test: ast.expr, variable: str, attribute: str) -> bool:
    match test:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            return any(
                isinstance(side, ast.Attribute)
                and side.attr == attribute
                and isinstance(side.value, ast.Name)
                and side.value.id == variable
                for side in (left, right)
            )
    return False
