"""Lookups: queries that a loop sends once per item, keyed by what the loop binds."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.symbols import dotted_name
from codemods.orm import existence, lambdas, uses
from codemods.orm.core_tables import CoreColumn, CoreTable
from codemods.orm.events import Loop, Run
from codemods.orm.figures import Figures, figures
from codemods.orm.key_loops import Collection, NotCollectable
from codemods.orm.key_parts import key_parts
from codemods.orm.keys import KeyPart, loaded_names
from codemods.orm.lookup_shapes import (
    COMPUTED,
    GETS,
    Amount,
    Kind,
    inner_query,
    keeps_distinct,
    may_be_left_out,
    shape,
    ties_are_alike,
    unfit,
)
from codemods.orm.preloads import preload
from codemods.orm.protocols import TRUTH
from codemods.orm.query import Aggregate, Predicate, Query
from codemods.orm.slices import collect
from codemods.orm.totals import Totals, totals
from codemods.orm.values import (
    ColumnRef,
    ModelClass,
    RelationshipRef,
    may_be_none,
)
from codemods.orm.varying import computed_anew
from codemods.patch import Code
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_BY_KEY = frozenset({"get", "get_one", "get_or_404"})


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
    figures: Figures | None = None

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
    def added(self) -> Sequence[Code]:
        """Further conditions, which Python has on what the query finds."""
        return ()

    @property
    def invariant(self) -> tuple[Predicate, ...]:
        keyed = {id(part.predicate) for part in self.parts}
        return tuple(p for p in self.query.predicates if id(p) not in keyed)

    @cached_property
    def is_unique(self) -> bool:
        """True if a key finds at most one row."""
        if self.query.joins_other_tables and self.repeats_rows:
            return False
        names = frozenset(part.column.name for part in self.parts if not self.is_apart(part))
        fixed = {
            p.column.name
            for p in self.invariant
            if p.is_equality and p.column and p.model is self.model and not _may_be_null(p)
            if not may_be_left_out(self.query, p)
        }
        return self.model.is_unique(names | fixed) and not self.finds_null

    def is_apart(self, part: KeyPart) -> bool:
        """True if a row of the lookup does not say what it has for this part of the key."""
        return part.model is not self.model or part.computed is not None

    @property
    def apart(self) -> bool:
        """True if the key has to be selected next to the rows."""
        return any(self.is_apart(part) for part in self.parts)

    @cached_property
    def repeats_rows(self) -> bool:
        """True if a join may give a row of the table several times."""
        for value in self.query.joins:
            match value:
                case RelationshipRef(model=model, relationship=relationship):
                    if relationship.direction != "many-to-one" or relationship.custom_join:
                        return True
                    if model is not self.model:
                        return True
                case _:
                    return True
        return False

    @property
    def is_get(self) -> bool:
        return self.run.terminal in GETS

    @property
    def aborts(self) -> bool:
        """True if a row that is missing answers the request (Flask-SQLAlchemy)."""
        return self.run.terminal.endswith("_or_404")

    @property
    def left_out(self) -> frozenset[str]:
        """The steps that the query for all keys does not have, or has in another way."""
        kept = keeps_distinct(self.query, self.kind, self.is_unique)
        return frozenset({"limit"} if kept else {"limit", "distinct"})

    @property
    def limit(self) -> int | None:
        """How many rows of a key are wanted at most, where it may have more."""
        many = self.kind == "rows" and not self.is_unique
        return self.query.limit if many and self.query.has("limit") else None

    @cached_property
    def tested(self) -> tuple[ast.expr, bool] | None:
        """The test that is all that the result is for, and what it is for a row that exists."""
        return existence.tested(self)

    @property
    def always_true(self) -> bool:
        """True if whatever is found counts as true; of values, 0 and an empty text do not."""
        if self.kind != "row":
            return self.kind == "columns"
        return not self.scope.index.has_method(self.model.full_name, *TRUTH)

    @cached_property
    def total_order(self) -> bool:
        """True if the ORDER BY leaves no two rows of a key equal."""
        ordered = {
            o.column.name for o in self.query.orderings if o.column and o.model is self.model
        }
        fixed = {part.column.name for part in self.parts if not self.is_apart(part)}
        if self.kind in ("values", "tuples") and ties_are_alike(self.query, self.columns):
            return True
        return bool(ordered) and self.model.is_unique(frozenset(ordered | fixed))

    @cached_property
    def extreme(self) -> str | None:
        """`min` or `max` where `.first()` reads nothing but the column that it is ordered by."""
        if self.kind not in ("value", "columns") or self.amount != "first":
            return None
        if len(self.columns) != 1 or len(self.query.orderings) != 1:
            return None
        ordering, column = self.query.orderings[0], self.columns[0].column
        if ordering.column is not column or column.may_be_null:
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
    nullable = predicate.column.may_be_null
    return nullable and (predicate.value is None or may_be_none(predicate.value))


def lookups(scope: Scope, runs: Iterable[Run] | None = None) -> Iterator[Lookup]:
    """Every lookup of the scope, in its order.

    Args:
        runs: the queries that may be one: those that the function sends itself.
    """
    for run in scope.own_runs if runs is None else runs:
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
    found = described(scope, run)
    if found is None or found.problem is not None:
        return found
    try:
        found.collection = collect(scope, run, found.parts)
    except NotCollectable as error:
        found.collection = preload(found, error)
        if found.collection is None:
            found.problem = (error.reason, error.node)
    if (
        found.problem is None
        and not found.preloaded
        and found.kind == "rows"
        and found.limit is None
        and (wanted := totals(scope, run, found.model))
    ):
        found.kind, found.totals = "totals", wanted
    return found


def _condition(query: Query, model: Model, node: ast.AST) -> str:
    """What one calls a condition that is no equality with a column of `model`."""
    for predicate in query.predicates:
        other = predicate.model if predicate.node is node and predicate.is_equality else None
        if other is not None and other is not model:
            return f"a condition on another table, {other.name},"
    return "a condition other than equality"


def described(scope: Scope, run: Run) -> Lookup | None:
    """The same, before it is known how to collect its keys."""
    query = inner_query(run.query)
    model = _model(query)
    if model is None or (query.related is not None and run.terminal in GETS):
        return None
    if run.loops and not run.repeated:
        return None
    handed = lambdas.parameters(scope, run)
    names = handed.union(*(loop.names | loop.assigned for loop in run.loops))
    parts, others = key_parts(scope, run, model, names)
    if not parts and not others:
        return None
    kind, amount, columns, aggregate = shape(run)
    found = Lookup(scope, run, model, tuple(parts), kind or "row", amount, columns, aggregate)
    if kind == "figures":
        found.figures = figures(scope, run.expression, query, model)
    if others:
        selected = any(others[0] is entity.node for entity in query.entities)
        what = "what is selected" if selected else _condition(query, model, others[0])
        reason = (
            _unseen(scope, others[0])
            or computed_anew(run, others[0], names)
            or f"{what} depends on the item"
        )
        if query.related is not None and others[0] is query.related.node and query.related.problem:
            reason = query.related.problem
        if run.terminal in _BY_KEY and not model.primary_key:
            reason = f"the primary key of {model.name} is declared where it is not seen"
        elif run.terminal in _BY_KEY and len(model.primary_key) > 1:
            reason = f"it is not seen which value is for which column of the key of {model.name}"
        found.problem = (reason, others[0])
    elif given := [part.operand for part in parts if loaded_names(part.operand) & handed]:
        found.problem = ("the key is what a lambda is called with", given[0])
    elif lambdas.called_elsewhere(scope, run, found.loop):
        found.problem = ("the lambda may be called outside of the loop, too", run.node)
    elif (
        kind is None
        or (kind == "figures" and found.figures is None)
        or (kind == "columns" and not columns and found.tested is None)
    ):
        found.problem = (f"{run.terminal}() has no form for many keys at once", run.node)
    elif run.terminal == "one_or_404" and not found.is_unique:
        found.problem = ("several rows may have a key, and that is answered like none", run.node)
    elif extra := unfit(run, kind, found.is_unique):
        found.problem = extra
    elif any(part.predicate and may_be_left_out(query, part.predicate) for part in parts):
        found.problem = ("the condition with the key may be left out", run.node)
    elif (untold := _untold(found)) is not None:
        where = "a column of a joined table"
        if query.related is not None:
            where = "known to the table in between alone, by which a row may come twice"
        found.problem = (f"the key is {where}", untold)
    return found


def _unseen(scope: Scope, condition: ast.AST) -> str | None:
    """What says that a column is compared which a base class from elsewhere may declare."""
    match condition:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            for side in (left, right):
                if not isinstance(side, ast.Attribute):
                    continue
                match scope.flow.lookup(dotted_name(side.value) or ""):
                    case ModelClass(model=model) if side.attr not in model.columns:
                        if not model.complete and side.attr not in model.relationships:
                            return f"{model.name}.{side.attr} is declared where it is not seen"
    return None


def _untold(lookup: Lookup) -> ast.expr | None:
    """The condition on a key that the rows do not tell, where it cannot be selected with them."""
    if lookup.kind in COMPUTED or lookup.tested is not None:
        return None
    for part in lookup.parts:
        if part.predicate is None or not lookup.is_apart(part):
            continue
        if lookup.kind not in ("row", "rows", "values") or part.finds_null:
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
            case CoreTable(model=model) | CoreColumn(model=model):
                return model
            case Aggregate(argument=CoreTable(model=model) | CoreColumn(model=model)):
                return model
    for value in query.joins:
        if isinstance(value, ModelClass | CoreTable):
            return value.model
    compared = [p.of_table.model if p.of_table else p.model for p in query.predicates]
    models = [model for model in compared if model is not None]
    return models[0] if models and len(set(map(id, models))) == 1 else None
