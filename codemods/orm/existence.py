"""Lookups of which nothing but whether there is a row is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from codemods.orm import uses
from codemods.orm.forwarded import NOT_NONE, Forwarded
from codemods.patch import Code, Copied, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.lookups import Lookup


def tested(lookup: Lookup) -> tuple[ast.expr, bool] | None:
    """The test that is all that a lookup's result is for, and what it is for a row that exists."""
    parents, expression = lookup.scope.parents, lookup.expression
    if lookup.kind == "exists":
        match parents.get(expression):
            case ast.UnaryOp(op=ast.Not()) as negation:
                return negation, False
            case ast.Call(func=ast.Name(id="bool")) as converted:
                return converted, True
        return expression, True
    if not _is_found_once(lookup):
        return None
    parent = parents.get(expression)
    if isinstance(lookup.run, Forwarded) and lookup.run.made:
        negated = isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not)
        node = parent if negated and isinstance(parent, ast.UnaryOp) else expression
        told = lookup.run.tests and (lookup.run.made[-1] == NOT_NONE or lookup.always_true)
        return (node, not negated) if told else None
    match parent:
        case ast.Compare(
            left=left,
            ops=[ast.Is() | ast.IsNot() as op],
            comparators=[ast.Constant(value=None)],
        ) as test if (
            left is expression
        ):
            return test, isinstance(op, ast.IsNot)
        case ast.Assign():
            return (expression, True) if _compared(lookup) is not None else None
        case _ if not lookup.always_true:
            return None
        case ast.UnaryOp(op=ast.Not()) as test:
            return test, False
        case ast.If(test=test) | ast.IfExp(test=test) if test is expression:
            return test, True
        case ast.Call(func=ast.Name(id="bool")) as converted:
            return converted, True
    return None


def as_truth(lookup: Lookup) -> Iterator[Patch]:
    """`not found` in place of each `found is None`, of a variable that is only tested."""
    place = lookup.scope.place
    if lookup.kind == "exists":
        return
    for test in _compared(lookup) or ():
        negated = "not " if isinstance(test.ops[0], ast.Is) else ""
        found = Copied(place(test.left))
        yield Replace(place(test), Code.of(f"{negated}{{found}}", found=found))


def _is_found_once(lookup: Lookup) -> bool:
    """True for a lookup of one row that gives None where there is none, and only there."""
    if lookup.kind not in ("row", "columns", "value") or lookup.amount == "one" or lookup.aborts:
        return False
    if lookup.amount == "one_or_none" and not lookup.is_unique:
        return False
    nullable = any(each.column.may_be_null for each in lookup.columns)
    return not (lookup.is_get or (lookup.kind == "value" and nullable))


def _compared(lookup: Lookup) -> Sequence[ast.Compare] | None:
    """The comparisons with None of the variable that gets the result, if it is only tested."""
    match lookup.scope.parents.get(lookup.expression):
        case ast.Assign(targets=[ast.Name() as target]):
            return uses.only_tested(lookup.scope, target, lookup.always_true)
    return None
