"""Whether the order of a collection's items can make a difference."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition
from codemods.orm.events import Read
from codemods.orm.names import ORDER_FREE
from codemods.orm.preconditions import proven, unknown
from codemods.orm.values import Step

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

NAME = "item-order"


def items_order(scope: Scope, step: Step, reads: Iterable[Read]) -> Precondition:
    """The items come in the same order with every loader, or nothing depends on it."""
    relationship = step.relationship
    label = f"{step.model.name}.{relationship.name}"
    if relationship.target is None:
        return unknown(scope, NAME, f"what {label} leads to is not a class that is known")
    if relationship.to_one:
        if relationship.direction != "many-to-one" and not one_row(scope, step):
            return unknown(
                scope, NAME,
                f"nothing makes the key of {label} unique; of two rows, loaders take different ones",
            )  # fmt: skip
        return proven(NAME, f"{label} is one row")
    if relationship.ordered and total_order(scope, step):
        return proven(NAME, f"{label} declares an order without ties")
    reason = (
        f"the order_by of {label} may have ties, which loaders order differently"
        if relationship.ordered
        else f"{label} has no order_by, so that loaders order it differently, and its order is used"
    )
    found = list(reads)
    ordered = next((read for read in found if not order_free(scope, read)), None)
    if ordered is not None or not found:
        return unknown(scope, NAME, reason, ordered)
    return proven(NAME, f"the order of {label} makes no difference here")


def items_once(scope: Scope, step: Step) -> Precondition:
    """Every loader brings each item of a collection once."""
    relationship, name = step.relationship, "items-once"
    label = f"{step.model.name}.{relationship.name}"
    if relationship.secondary and not relationship.told_apart:
        return unknown(
            scope, name,
            f"no key keeps the table that {label} goes through from holding a pair twice, and then "
            "selectinload() may bring the item twice",
        )  # fmt: skip
    return proven(name, f"{label} holds each item once")


def one_row(scope: Scope, step: Step) -> bool:
    """True if the database holds at most one row for a scalar on the far side."""
    target = scope.index.model(step.relationship.target or "")
    keys = frozenset(step.relationship.remote_keys)
    return bool(target and keys and target.is_unique(keys))


def total_order(scope: Scope, step: Step) -> bool:
    """True if `order_by` tells any two items of a collection apart."""
    relationship = step.relationship
    target = scope.index.model(relationship.target or "")
    if target is None or not relationship.order_by:
        return False
    fixed = set() if relationship.secondary else set(relationship.remote_keys)
    sorted_by = set(relationship.order_by)
    return any(
        key <= sorted_by | fixed
        and all(
            name in fixed or name in target.primary_key or not target.columns[name].nullable
            for name in key
            if name in target.columns
        )
        for key in target.unique
        if key
    )


def order_free(scope: Scope, read: Read) -> bool:
    """True if what is done with the collection gives the same in any order."""
    if read.reload:
        return True
    parents = scope.parents
    node: ast.AST = read.node
    parent = parents.get(node)
    if isinstance(parent, ast.Await):
        node, parent = parent, parents.get(parent)
    match parent:
        case ast.Call(func=ast.Name(id=function), args=[only]) if node is only:
            return function in _COUNTING
        case ast.UnaryOp(op=ast.Not()) | ast.If() | ast.IfExp() if (
            getattr(parent, "test", node) is node
        ):
            return True
        case ast.comprehension():
            owner = parents.get(parent)
            return isinstance(owner, ast.expr) and comprehension_free(scope, owner)
        case ast.For(orelse=[]):
            return not feeds_back(parent) and all(
                statement_free(scope, item) for item in parent.body
            )
        case ast.Compare(ops=[ast.In() | ast.NotIn()]):
            return True
    return False


# Functions of a collection itself, whose items may be in any order.
_COUNTING = ORDER_FREE - {"min", "max"}


def comprehension_free(scope: Scope, node: ast.expr) -> bool:
    if isinstance(node, ast.SetComp):
        return True
    if not isinstance(node, ast.GeneratorExp | ast.ListComp):
        return False
    parent = scope.parents.get(node)
    if not (isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name)):
        return False
    if node not in parent.args or any(k.arg not in ("default", "start") for k in parent.keywords):
        return False
    match parent.func.id:
        case "sum":
            return exact_number(scope, node.elt)
        case "min" | "max":
            return exact_number(scope, node.elt, frozenset({"int"}))
        case "sorted":
            return isinstance(node.elt, ast.Attribute) and of_kinds(scope, node.elt.attr, _ALIKE)
        case "any" | "all":
            return not isinstance(node, ast.GeneratorExp) or (
                cannot_fail(scope, node.elt)
                and all(cannot_fail(scope, test) for g in node.generators for test in g.ifs)
            )
        case name:
            return name in ORDER_FREE
    return False


def cannot_fail(scope: Scope, node: ast.expr) -> bool:
    """True for a test that raises for no item: one that raises ends `any()` at another item."""
    match node:
        case ast.Constant() | ast.Name():
            return True
        case ast.Attribute(value=ast.Name(), attr=name):
            return any(name in model.columns for model in scope.index.models.values())
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            values = (left, *comparators)
            equality = all(isinstance(op, ast.Eq | ast.NotEq | ast.Is | ast.IsNot) for op in ops)
            if equality:
                return all(cannot_fail(scope, value) for value in values)
            return all(never_none(scope, value) for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return cannot_fail(scope, operand)
        case ast.BoolOp(values=values):
            return all(cannot_fail(scope, value) for value in values)
    return False


def never_none(scope: Scope, node: ast.expr) -> bool:
    """True for an exact number that is there for every row."""
    match node:
        case ast.Attribute(value=ast.Name(), attr=name):
            found = [m.columns[name] for m in scope.index.models.values() if name in m.columns]
            return exact_number(scope, node) and not any(column.nullable for column in found)
        case ast.Constant(value=int()):
            return True
    return False


# Kinds whose equal values cannot be told apart.
_ALIKE = frozenset({"int", "str", "date", "bool"})
_EXACT = frozenset({"int", "Decimal", "bool"})


def of_kinds(scope: Scope, name: str, allowed: frozenset[str]) -> bool:
    """True if every column of the project with this name has values of these kinds."""
    found = [m.columns[name] for m in scope.index.models.values() if name in m.columns]
    return bool(found) and all(c.python in allowed and not c.decorated for c in found)


def exact_number(scope: Scope, node: ast.expr, kinds: frozenset[str] = _EXACT) -> bool:
    """True for what adds up to the same in any order: whole numbers and decimals."""
    match node:
        case ast.Constant(value=int()):
            return True
        case ast.BinOp(left=left, right=right, op=ast.Add() | ast.Sub() | ast.Mult()):
            return exact_number(scope, left, kinds) and exact_number(scope, right, kinds)
        case ast.BoolOp(values=values):
            return all(exact_number(scope, value, kinds) for value in values)
        case ast.IfExp(body=body, orelse=orelse):
            return exact_number(scope, body, kinds) and exact_number(scope, orelse, kinds)
        case ast.Call(func=ast.Name(id="len")):
            return True
        case ast.Attribute(attr=name):
            return of_kinds(scope, name, kinds)
    return False


def feeds_back(loop: ast.For) -> bool:
    """True if what the loop has gathered is read in it."""
    gathered = {
        node.target.id
        for node in walk(loop)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    for node in walk(loop):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="add" | "discard")):
                gathered.add(name)
    loads = [n.id for n in walk(loop) if isinstance(n, ast.Name) and n.id in gathered]
    writes = sum(isinstance(n, ast.AugAssign) for n in walk(loop)) + sum(
        isinstance(n, ast.Expr) for n in walk(loop)
    )
    return len(loads) > writes


def statement_free(scope: Scope, node: ast.stmt) -> bool:
    """True for a statement of a loop that can be run in any order."""
    match node:
        case ast.AugAssign(op=ast.Add() | ast.Sub(), target=ast.Name(), value=value):
            return exact_number(scope, value)
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="add" | "discard"), args=[_])):
            return True
        case ast.If(body=body, orelse=orelse):
            return all(statement_free(scope, item) for item in (*body, *orelse))
        case ast.Pass():
            return True
        case ast.For(body=body, orelse=[]):
            return all(statement_free(scope, item) for item in body)
    return False
