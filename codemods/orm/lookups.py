"""Lookups: queries that a loop sends once per item, keyed by what the loop binds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.orm import uses
from codemods.orm.events import Loop, Run
from codemods.orm.key_loops import Collection, NotCollectable
from codemods.orm.keys import KeyPart, loaded_names
from codemods.orm.lookup_shapes import Amount, Kind, inner_query, shape, unfit
from codemods.orm.preloads import preload
from codemods.orm.query import Aggregate, Predicate, Query
from codemods.orm.slices import collect
from codemods.orm.totals import Totals, totals
from codemods.orm.values import ColumnRef, ModelClass, Row, may_be_none
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope


@dataclass(eq=False)
class Lookup:
    """One query of a loop, and the columns by which the loop's items pick its rows.

    `kind` is what comes back for a key and `amount` how many of it. `problem` says why there is
    no other way to ask, with the node that shows it.
    """

    scope: Scope = field(repr=False)
    run: Run
    model: Model
    parts: tuple[KeyPart, ...]
    kind: Kind
    amount: Amount
    columns: tuple[ColumnRef, ...] = ()
    aggregate: Aggregate | None = None
    problem: tuple[str, ast.AST] | None = None
    collection: Collection | None = None
    totals: Totals | None = None

    @property
    def query(self) -> Query:
        """The query that has the conditions: of an EXISTS, the one inside."""
        return inner_query(self.run.query)

    @property
    def expression(self) -> ast.expr:
        """The whole expression in the loop that gives the result."""
        return self.run.expression

    @property
    def loop(self) -> Loop:
        """The loop before which everything is fetched."""
        if self.collection is not None:
            return self.collection.levels[0].loop
        return next((x for x in reversed(self.run.loops) if x.names), self.run.loops[-1])

    @property
    def preloaded(self) -> bool:
        """True if all rows that any key could find are fetched."""
        return self.collection is not None and self.collection.preload is not None

    @property
    def invariant(self) -> tuple[Predicate, ...]:
        keyed = {id(part.predicate) for part in self.parts}
        return tuple(p for p in self.query.predicates if id(p) not in keyed)

    @cached_property
    def is_unique(self) -> bool:
        """True if a key finds at most one row."""
        if self.query.joins_other_tables:
            return False
        names = frozenset(part.column.name for part in self.parts)
        fixed = {
            p.column.name
            for p in self.invariant
            if p.is_equality and p.column and p.model is self.model and not _may_be_null(p)
        }
        return self.model.is_unique(names | fixed) and not self.finds_null

    @property
    def is_get(self) -> bool:
        return self.run.terminal in ("get", "get_one")

    @cached_property
    def tested(self) -> tuple[ast.expr, bool] | None:
        """The test that is all that the result is for, and what it is for a row that exists."""
        if self.kind == "exists":
            match self.scope.parents.get(self.expression):
                case ast.UnaryOp(op=ast.Not()) as negation:
                    return negation, False
            return self.expression, True
        if self.kind not in ("row", "columns", "value") or self.amount == "one":
            return None
        if self.amount == "one_or_none" and not self.is_unique:
            return None
        nullable = any(c.column.nullable and not c.column.primary_key for c in self.columns)
        if self.is_get or (self.kind == "value" and nullable):
            return None
        match self.scope.parents.get(self.expression):
            case ast.Compare(
                left=left,
                ops=[ast.Is() | ast.IsNot() as op],
                comparators=[ast.Constant(value=None)],
            ) as test if (
                left is self.expression
            ):
                return test, isinstance(op, ast.IsNot)
            case ast.UnaryOp(op=ast.Not()) as test:
                return test, False
            case ast.If(test=test) | ast.IfExp(test=test) if test is self.expression:
                return test, True
            case ast.Call(func=ast.Name(id="bool")) as converted:
                return converted, True
            case ast.Assign(targets=[ast.Name() as target]) if self.kind != "value":
                if uses.only_tested(self.scope, target):
                    return self.expression, True
        return None

    @cached_property
    def total_order(self) -> bool:
        """True if the ORDER BY leaves no two rows of a key equal."""
        ordered = {
            o.column.name for o in self.query.orderings if o.column and o.model is self.model
        }
        fixed = {part.column.name for part in self.parts}
        return bool(ordered) and self.model.is_unique(frozenset(ordered | fixed))

    @cached_property
    def extreme(self) -> str | None:
        """`min` or `max` where `.first()` reads nothing but the column that it is ordered by."""
        if self.kind not in ("value", "columns") or self.amount != "first":
            return None
        if len(self.columns) != 1 or len(self.query.orderings) != 1:
            return None
        ordering, column = self.query.orderings[0], self.columns[0].column
        if ordering.column is not column or (column.nullable and not column.primary_key):
            return None
        if column.python not in ("int", "date", "datetime", "Decimal"):
            return None
        return "max" if ordering.descending else "min"

    @property
    def order_free(self) -> bool:
        """True if the order of a key's rows makes no difference."""
        return uses.order_free(self.scope, self.expression, self.loop.owner)

    @property
    def finds_null(self) -> bool:
        return any(part.finds_null for part in self.parts)


def _may_be_null(predicate: Predicate) -> bool:
    assert predicate.column is not None
    nullable = predicate.column.nullable and not predicate.column.primary_key
    return nullable and (predicate.value is None or may_be_none(predicate.value))


def lookups(scope: Scope) -> Iterator[Lookup]:
    """Every lookup of the scope, in its order."""
    for run in scope.own_runs:
        loops = [loop for loop in run.loops if not isinstance(loop.node, ast.While)]
        if not loops or _is_while_only(run):
            continue
        found = recognised(scope, run)
        if found is not None:
            yield found


def _is_while_only(run: Run) -> bool:
    return isinstance(run.loops[-1].node, ast.While)


def recognised(scope: Scope, run: Run) -> Lookup | None:
    """The lookup that a query in a loop is; None where it does not depend on the loop's items."""
    query = inner_query(run.query)
    model = _model(query)
    if model is None:
        return None
    names = frozenset().union(*(loop.names | loop.assigned for loop in run.loops))
    parts, others = key_parts(scope, run, model, names)
    if not parts and not others:
        return None
    kind, amount, columns, aggregate = shape(run)
    found = Lookup(scope, run, model, tuple(parts), kind or "row", amount, columns, aggregate)
    if others:
        found.problem = ("a condition other than equality depends on the item", others[0])
    elif kind is None:
        found.problem = (f"{run.terminal}() has no form for many keys at once", run.node)
    elif extra := unfit(run):
        found.problem = extra
    elif (foreign := _foreign(found)) is not None:
        found.problem = ("the key is a column of a joined table", foreign)
    else:
        try:
            found.collection = collect(scope, run, found.parts)
        except NotCollectable as error:
            found.collection = preload(found, error)
            if found.collection is None:
                found.problem = (error.reason, error.node)
    if (
        found.problem is None
        and not found.preloaded
        and kind == "rows"
        and (wanted := totals(scope, run, model))
    ):
        found.kind, found.totals = "totals", wanted
    return found


def _foreign(lookup: Lookup) -> ast.expr | None:
    """The condition on a joined table, where a row of the lookup does not tell its key."""
    if lookup.kind in ("count", "aggregate", "exists") or lookup.tested is not None:
        return None
    for part in lookup.parts:
        if part.model is not lookup.model and part.predicate is not None:
            return part.predicate.node
    return None


def _model(query: Query) -> Model | None:
    """The class whose table the query reads."""
    for entity in query.entities:
        match entity.value:
            case ModelClass(model=model) | ColumnRef(model=model):
                return model
            case Aggregate(argument=ColumnRef(model=model) | ModelClass(model=model)):
                return model
    for value in query.joins:
        if isinstance(value, ModelClass):
            return value.model
    models = [p.model for p in query.predicates if p.model is not None]
    return models[0] if models and len(set(map(id, models))) == 1 else None


def key_parts(
    scope: Scope, run: Run, model: Model, names: frozenset[str]
) -> tuple[list[KeyPart], list[ast.AST]]:
    """The equalities with what the loop binds, and other conditions that depend on it."""
    if run.terminal in ("get", "get_one"):
        return _get_parts(run, model, names)
    parts: list[KeyPart] = []
    others: list[ast.AST] = []
    query = inner_query(run.query)
    for predicate in query.predicates:
        side = predicate.operand if predicate.operand is not None else predicate.node
        if not loaded_names(side) & names:
            continue
        part = _part(predicate, model, query)
        if part is not None:
            parts.append(part)
        elif predicate.operator != "in":
            others.append(predicate.node)
    outside = [c for c in query.calls if c.method not in ("filter", "where", "filter_by")]
    for call in outside:
        arguments = [*call.node.args, *(k.value for k in call.node.keywords)]
        if any(loaded_names(a) & names for a in arguments):
            others.append(call.node)
    return parts, others


def _is_joined(predicate: Predicate, query: Query) -> bool:
    """True if the condition names a column of a table that the query joins."""
    assert predicate.model is not None
    tables = query.tables or frozenset()
    named = isinstance(predicate.node, ast.Compare) and predicate.keyword is None
    outer = query.has("outerjoin", "outerjoin_from") or any(
        keyword.arg in ("isouter", "full") for call in query.calls for keyword in call.node.keywords
    )
    inner = query.joins_other_tables and not outer
    return named and inner and predicate.model.full_name in tables


def _part(predicate: Predicate, model: Model, query: Query) -> KeyPart | None:
    if predicate.operator != "==" or predicate.operand is None or predicate.alias is not None:
        return None
    if predicate.model is None or predicate.value is None:
        return None
    if predicate.model is not model and not _is_joined(predicate, query):
        return None
    if predicate.column is not None:
        return KeyPart(
            predicate.model, predicate.column, predicate.operand, predicate.value, predicate
        )
    if predicate.model is not model:
        return None
    reference = predicate.relationship
    if reference is None or not isinstance(predicate.value, Row):
        return None
    relationship = reference.relationship
    target = predicate.value.model
    column = model.columns.get(relationship.keys[0]) if len(relationship.keys) == 1 else None
    if column is None or relationship.custom_join or len(target.primary_key) != 1:
        return None
    if predicate.value.new or predicate.value.optional:
        return None
    if relationship.direction != "many-to-one" or not column.foreign_key:
        return None
    attribute = target.primary_key[0]
    stored = target.columns[attribute].column_name or attribute
    if column.foreign_key != f"{target.table}.{stored}":
        return None
    return KeyPart(model, column, predicate.operand, predicate.value, predicate, attribute)


def _get_parts(
    run: Run, model: Model, names: frozenset[str]
) -> tuple[list[KeyPart], list[ast.AST]]:
    node = run.node
    if not isinstance(node, ast.Call) or node.keywords:
        return [], []
    arguments = (
        node.args[1:] if run.query.style == "select" or run.query.roots[0] is node else node.args
    )
    if len(arguments) != 1 or len(run.arguments) != 1:
        return [], []
    if not loaded_names(arguments[0]) & names:
        return [], []
    if len(model.primary_key) != 1 or isinstance(arguments[0], ast.Tuple | ast.Dict):
        return [], [arguments[0]]
    column = model.columns[model.primary_key[0]]
    return [KeyPart(model, column, arguments[0], run.arguments[0])], []
