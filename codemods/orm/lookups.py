"""Lookups: queries that a loop sends once per item, keyed by what the loop binds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from codemods.orm.events import Loop, Run
from codemods.orm.keys import KeyPart, loaded_names
from codemods.orm.query import Aggregate, Entity, Predicate, Query
from codemods.orm.slices import Collection, NotCollectable, collect
from codemods.orm.values import ColumnRef, ModelClass, Plain, Row
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

Kind = Literal["row", "rows", "value", "columns", "count", "aggregate", "exists"]
Amount = Literal["first", "one", "one_or_none", "many"]

_AMOUNTS: dict[str, Amount] = {
    "first": "first", "one": "one", "one_or_none": "one_or_none", "scalar_one": "one",
    "scalar_one_or_none": "one_or_none", "all": "many", "iterate": "many", "get": "one_or_none",
}  # fmt: skip
# Steps of a query that leave every row to stand for itself.
SIMPLE = frozenset({
    "filter", "where", "filter_by", "order_by", "options", "join", "outerjoin", "select_from",
})  # fmt: skip


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
    def invariant(self) -> tuple[Predicate, ...]:
        keyed = {id(part.predicate) for part in self.parts}
        return tuple(p for p in self.query.predicates if id(p) not in keyed)

    @cached_property
    def is_unique(self) -> bool:
        """True if a key finds at most one row."""
        if self.query.joins_other_tables:
            return False
        names = frozenset(part.column.name for part in self.parts)
        fixed = {p.column.name for p in self.invariant if p.is_equality and p.column}
        return self.model.is_unique(names | fixed)

    @property
    def is_get(self) -> bool:
        return self.run.terminal in ("get", "get_one")

    @cached_property
    def tested(self) -> tuple[ast.expr, bool] | None:
        """The test that is all that the result is for, and what it is for a row that exists."""
        if self.kind == "exists":
            return self.expression, True
        if self.kind not in ("row", "columns") or self.amount == "one":
            return None
        if self.amount == "one_or_none" and not self.is_unique:
            return None
        if self.is_get or any(c.column.nullable for c in self.columns if self.kind == "value"):
            return None
        match self.scope.parents.get(self.expression):
            case ast.Compare(
                left=left, ops=[ast.Is() | ast.IsNot() as op], comparators=[ast.Constant(value=None)]
            ) as test if left is self.expression:
                return test, isinstance(op, ast.IsNot)
            case ast.UnaryOp(op=ast.Not()) as test:
                return test, False
            case ast.If(test=test) | ast.IfExp(test=test) if test is self.expression:
                return test, True
            case ast.Call(func=ast.Name(id="bool")) as test:
                return test, True
        return None

    @property
    def finds_null(self) -> bool:
        return any(part.finds_null for part in self.parts)


def lookups(scope: Scope) -> Iterator[Lookup]:
    """Every lookup of the scope, in its order."""
    for run in scope.runs:
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
    else:
        try:
            found.collection = collect(scope, run, found.parts)
        except NotCollectable as error:
            found.problem = (error.reason, error.node)
    return found


def inner_query(query: Query) -> Query:
    """The query that `query(q.exists())` or `select(exists())` asks about, else itself."""
    match query.entities:
        case [Entity(value=Query() as inner)]:
            return inner
    return query


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
        part = _part(scope, predicate, model)
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


def _part(scope: Scope, predicate: Predicate, model: Model) -> KeyPart | None:
    if predicate.operator != "==" or predicate.operand is None or predicate.alias is not None:
        return None
    if predicate.model is not model or predicate.value is None:
        return None
    if predicate.column is not None:
        return KeyPart(model, predicate.column, predicate.operand, predicate.value, predicate)
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
    key = KeyPart(model, column, predicate.operand, predicate.value, predicate, attribute)
    return key


def _get_parts(
    run: Run, model: Model, names: frozenset[str]
) -> tuple[list[KeyPart], list[ast.AST]]:
    node = run.node
    if not isinstance(node, ast.Call) or node.keywords:
        return [], []
    arguments = node.args[1:] if run.query.style == "select" or run.query.roots[0] is node else node.args
    if len(arguments) != 1 or len(run.arguments) != 1:
        return [], []
    if not loaded_names(arguments[0]) & names:
        return [], []
    if len(model.primary_key) != 1 or isinstance(arguments[0], ast.Tuple | ast.Dict):
        return [], [arguments[0]]
    column = model.columns[model.primary_key[0]]
    return [KeyPart(model, column, arguments[0], run.arguments[0])], []


def shape(
    run: Run,
) -> tuple[Kind | None, Amount, tuple[ColumnRef, ...], Aggregate | None]:
    """What comes back for one key: the kind, how many, and which columns."""
    query, terminal = run.query, run.terminal
    if query.kind == "exists":
        return "exists", "first", (), None
    values = [entity.value for entity in query.entities]
    amount = _AMOUNTS.get(terminal)
    if query.style == "legacy" and terminal == "count":
        return "count", "one", (), None
    if len(values) == 1 and isinstance(values[0], Query):
        return ("exists" if _is_scalar(run) else None), "first", (), None
    if len(values) == 1 and isinstance(values[0], Aggregate):
        if not _is_scalar(run) or values[0].filtered:
            return None, "one", (), None
        kind: Kind = "count" if values[0].function == "count" else "aggregate"
        return kind, "one", (), values[0]
    if "unique" in run.chain or "mappings" in run.chain or run.streamed:
        return None, "many", (), None
    if len(values) == 1 and isinstance(values[0], ModelClass):
        if values[0].alias:
            return None, "many", (), None
        if query.style == "legacy" or run.terminal in ("get", "get_one"):
            return ("row" if amount not in (None, "many") else "rows" if amount else None), amount or "many", (), None
        scalars = _is_scalars(run)
        if terminal == "scalar":
            return "row", "first", (), None
        if not scalars or amount is None:
            return None, "many", (), None
        return ("rows" if amount == "many" else "row"), amount, (), None
    columns = tuple(v for v in values if isinstance(v, ColumnRef))
    if len(columns) != len(values) or not columns or any(c.alias for c in columns):
        return None, "many", (), None
    if len(columns) == 1 and _is_scalar(run):
        first = query.style == "select" and terminal == "scalar" and amount is None
        return "value", ("first" if first else amount or "one_or_none"), columns, None
    if len(columns) == 1 and query.style == "select" and _is_scalars(run):
        return ("value" if amount not in (None, "many") else None), amount or "many", columns, None
    if amount in ("first", "one", "one_or_none"):
        return "columns", amount, columns, None
    return None, "many", columns, None


def _method(run: Run) -> str:
    """The method of the session that sends the statement."""
    match run.node:
        case ast.Call(func=ast.Attribute(attr=name)):
            return name
    return ""


def _is_scalar(run: Run) -> bool:
    return run.terminal in ("scalar", "scalar_one", "scalar_one_or_none")


def _is_scalars(run: Run) -> bool:
    method = _method(run)
    if method in ("scalars", "exec") or "scalars" in run.chain:
        return True
    return run.terminal.startswith("scalar")


def unfit(run: Run) -> tuple[str, ast.AST] | None:
    """What in a query has no equal for many keys at once."""
    query = inner_query(run.query)
    if not (query.understood and run.query.understood):
        return "not all of how this query is built is understood", run.node
    if query.conditional:
        return "the query is built in different ways", run.node
    for call in query.calls:
        if call.method not in SIMPLE and not (call.method == "exists" and query is not run.query):
            return f"{call.method}() holds for each item's query", call.node
    if query is not run.query and run.query.calls:
        return "conditions stand around this EXISTS", run.node
    if any(loop.deferred for loop in run.loops):
        return "this generator is evaluated later, elsewhere", run.node
    if any(isinstance(loop.node, ast.AsyncFor) for loop in run.loops):
        return "the items of this loop are streamed", run.node
    return None


def limit_of(loop: Loop) -> int | None:
    """How many items a loop has at most, where its header says so."""
    from codemods.orm.values import Items

    return loop.items.limit if isinstance(loop.items, Items) else None


__all__ = ["Kind", "Lookup", "Plain", "Column", "limit_of", "lookups"]
