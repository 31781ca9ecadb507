"""Queries as values: what they select, how they were built, and what they filter by."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from codemods.facts.nodes import walk
from codemods.orm.names import COLUMN_LOADERS
from codemods.orm.values import (
    ColumnRef,
    Condition,
    Items,
    ModelClass,
    Nothing,
    RelationshipRef,
    Row,
    Session,
    Step,
    Value,
)
from codemods.project.model import Column, Model

Style = Literal["legacy", "select"]
_UNGROUPED = frozenset({
    "where", "filter", "filter_by", "select_from", "join", "outerjoin", "options", "correlate",
})  # fmt: skip


@dataclass(frozen=True)
class TableEquality:
    """`order_tags.c.tag_id == tag.id`: a column of a table without a class, and what it equals."""

    model: Model = field(repr=False)
    column: Column
    operand: ast.expr
    value: Value


@dataclass(frozen=True)
class Predicate(Value):
    """One condition of a WHERE.

    Where it compares a column (`Order.id == x`, `filter_by(id=x)`), `model` and `column` name it,
    `operator` is `==`, `!=`, `<`, `in`, `is` …, and `operand` is the expression on the other
    side with its `value`. `node` is the whole condition; a keyword's is its value, and then
    `keyword` is set. `given` is what the query was given: a variable where the condition has one.
    `attribute` is what is read on the operand, where that is a row of the loop that a method of the
    row asks with. `of_table` is set instead where the column is one of a table without a class.
    """

    node: ast.expr
    model: Model | None = None
    column: Column | None = None
    operator: str | None = None
    operand: ast.expr | None = None
    value: Value | None = None
    relationship: RelationshipRef | None = None
    keyword: ast.keyword | None = None
    alias: str | None = None
    models: tuple[Model, ...] = ()
    given: ast.expr | None = None
    attribute: str | None = None
    of_table: TableEquality | None = None

    @property
    def is_equality(self) -> bool:
        return self.operator == "==" and self.column is not None


@dataclass(frozen=True)
class Conjunction(Value):
    """Conditions joined by `and_()` or `&`."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True)
class Aggregate(Value):
    """`func.count(Order.id)`, `func.sum(distinct(…))`, `func.max(…)`; no argument: `count()`."""

    function: str
    node: ast.expr
    argument: Value | None = None
    argument_node: ast.expr | None = None
    distinct: bool = False
    filtered: bool = False


@dataclass(frozen=True)
class Ordering(Value):
    """One term of an ORDER BY: `Order.id`, `Order.id.desc()`; `column` None for anything else."""

    node: ast.expr
    model: Model | None = None
    column: Column | None = None
    descending: bool = False


@dataclass(frozen=True)
class Loader(Value):
    """`selectinload(Order.lines).joinedload(Line.product)`: strategies along a path.

    `node` is the expression to chain on for a longer path. `path` None: a form that is not
    understood. `branches` are those of a nested `.options(…)`. `strings` are the names of 1.4's
    `joinedload("lines.product")`, which become a path where the query's entity is known.
    `everything` marks a wildcard, `raiseload("*")`.
    """

    node: ast.expr
    path: tuple[Step, ...] | None
    strategies: tuple[str, ...]
    branches: tuple[Loader, ...] = ()
    strings: tuple[str, ...] = ()
    everything: bool = False

    def joined(self, other: Value) -> Value | None:
        return Loaders((self,)).joined(other)

    def inner_joins(self, start: int = 0) -> Iterator[Step]:
        """The steps from a number on whose `joinedload()` leaves out rows without a partner, since
        the relationship is declared so."""
        steps = zip(self.path or (), self.strategies, strict=False)
        for number, (step, strategy) in enumerate(steps):
            if number >= start and strategy == "joinedload" and step.relationship.innerjoin:
                yield step


@dataclass(frozen=True)
class Loaders(Value):
    """The options in a list: `options.append(joinedload(Order.customer))`; some may be left out."""

    each: tuple[Loader, ...] = ()

    def joined(self, other: Value) -> Value | None:
        more = other.each if isinstance(other, Loaders) else (other,)
        loaders = [item for item in (*self.each, *more) if isinstance(item, Loader)]
        return (
            Loaders(tuple(dict.fromkeys(loaders))) if isinstance(other, Loader | Loaders) else None
        )


@dataclass(frozen=True)
class QueryCall:
    """One call of the chain that builds a query; `sure` is False where a branch may skip it."""

    method: str
    node: ast.Call
    sure: bool = True


@dataclass(frozen=True)
class Entity:
    """One thing that a query selects. `value` is a ModelClass, ColumnRef, Aggregate or other."""

    value: Value
    node: ast.expr

    @property
    def model(self) -> Model | None:
        return self.value.model if isinstance(self.value, ModelClass) else None


@dataclass(frozen=True, eq=False)
class Related:
    """The `dynamic` or `write_only` relationship of a row that a query begins with.

    `node` is `user.entries`. `column` of the related rows holds what the row has as `key`; where a
    table in between leads to them, it is the key of the row itself, and `through` is True. `problem`
    says why the same cannot be asked for many rows.
    """

    row: Row
    step: Step
    node: ast.Attribute
    column: Column | None = None
    key: str | None = None
    problem: str | None = None
    through: bool = False

    @property
    def label(self) -> str:
        return f"{self.step.model.name}.{self.step.relationship.name}"


# Options that say which columns come with the rows.
COLUMN_OPTIONS = COLUMN_LOADERS | {"undefer_group", "Load"}


def name_of(node: ast.Name | ast.Attribute) -> str:
    """The name, or the last part of a dotted one."""
    return node.id if isinstance(node, ast.Name) else node.attr


# Words of a join that keep rows without a partner.
_OUTER = ("isouter", "full")
# Steps after which an option given at the root would no longer reach the rows.
_OPAQUE = frozenset({
    "union", "union_all", "intersect", "intersect_all", "except_", "except_all", "with_entities",
    "from_self", "select_entity_from", "with_only_columns", "subquery", "cte", "alias",
})  # fmt: skip


@dataclass(frozen=True, eq=False)
class Query(Value):
    """A SELECT that has been built and may have been sent or not.

    `roots` are the expressions that begin it (`session.query(Order)`, `Order.query`,
    `select(Order)`), several where branches build different ones. `related` is set where it begins
    with a row's relationship instead. `or_empty` is True where the code has an empty list in its
    place at times. `made_by` is the full name of the project's class that it is an object of.
    """

    style: Style
    entities: tuple[Entity, ...]
    roots: tuple[ast.expr, ...]
    node: ast.expr
    session: Session | None = None
    session_node: ast.expr | None = None
    calls: tuple[QueryCall, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    orderings: tuple[Ordering, ...] = ()
    loaders: tuple[Loader | None, ...] = ()
    option_calls: tuple[ast.Call, ...] = ()
    joins: tuple[Value, ...] = ()
    limit: int | None = None
    understood: bool = True
    kind: Literal["select", "exists", "dml", "text"] = "select"
    related: Related | None = None
    or_empty: bool = False
    made_by: str | None = None

    @property
    def tainted(self) -> bool:
        return True

    @cached_property
    def narrowed(self) -> bool:
        """True if it has options that say which columns come with the rows."""
        return any(
            isinstance(node, ast.Name | ast.Attribute) and name_of(node) in COLUMN_OPTIONS
            for call in self.option_calls
            for node in walk(call)
        )

    @property
    def begins(self) -> Related | None:
        """The relationship that it begins with, or that the EXISTS inside does."""
        match self.entities:
            case [Entity(value=Query() as inner)]:
                return inner.related
        return self.related

    @property
    def model(self) -> Model | None:
        """The mapped class whose instances it returns, where it selects just one."""
        return self.entities[0].model if len(self.entities) == 1 else None

    def has(self, *methods: str) -> QueryCall | None:
        """The first call of one of these methods."""
        return next((call for call in self.calls if call.method in methods), None)

    @property
    def opaque(self) -> QueryCall | None:
        return self.has(*_OPAQUE)

    @property
    def one_row(self) -> bool:
        """True if it has one row, whatever the tables hold: of aggregates, and not grouped."""
        values = [entity.value for entity in self.entities]
        totals = all(isinstance(v, Aggregate) and v.function != "distinct" for v in values)
        plain = all(call.method in _UNGROUPED for call in self.calls)
        return bool(values) and totals and plain and self.understood and self.kind == "select"

    @property
    def conditional(self) -> bool:
        return len(self.roots) > 1 or not all(call.sure for call in self.calls)

    def describe(self) -> str:
        names = [ast.unparse(entity.node) for entity in self.entities]
        return f"{self.style}({', '.join(names)})"

    @property
    def joins_other_tables(self) -> bool:
        """True if its rows are not just those of one table."""
        return self.has("join", "outerjoin", "join_from", "outerjoin_from") is not None

    @property
    def joins_outer(self) -> bool:
        """True if rows of a joined table may be missing."""
        return self.has("outerjoin", "outerjoin_from") is not None or any(
            keyword.arg in _OUTER for call in self.calls for keyword in call.node.keywords
        )

    def may_lack(self, model: Model | None) -> bool:
        """True if a row of the query may have None for the instance of this class, of which an outer
        join has found none."""
        if not self.joins_outer:
            return False
        begun = self.has("select_from")
        named = len(self.entities) > 1 and begun is None and self.entities[0].model is model
        full = any(k.arg == "full" for call in self.calls for k in call.node.keywords)
        return full or not (named or (len(self.entities) == 1 and begun is None))

    @property
    def tables(self) -> frozenset[str] | None:
        """The full names of the models it reads; None where that is not known."""
        if not self.understood or self.kind == "text":
            return None
        found: set[str] = set()
        for value in (*(e.value for e in self.entities), *self.joins):
            match value:
                case ModelClass(model=model) | ColumnRef(model=model):
                    found.add(model.full_name)
                case RelationshipRef(model=model, relationship=relationship):
                    found.add(model.full_name)
                    if relationship.target is None:
                        return None
                    found.add(relationship.target)
                case Aggregate(argument=ColumnRef(model=model) | ModelClass(model=model)):
                    found.add(model.full_name)
                case Aggregate(argument=None):
                    pass
                case Predicate(models=models) if models:
                    found.update(model.full_name for model in models)
                case _:
                    return None
        for predicate in self.predicates:
            found.update(model.full_name for model in predicate.models)
        return frozenset(found)

    def called(self, method: str, node: ast.Call) -> Query:
        """This query after one more call of its chain, which changes nothing else."""
        return replace(self, calls=(*self.calls, QueryCall(method, node)), node=node)

    def filtered(self) -> Query:
        """This query after any number of rounds of a loop, each of which may filter it."""
        return replace(self, predicates=(*self.predicates, Predicate(self.node)))

    def joined(self, other: Value) -> Value | None:
        """What a name is that holds this query after one branch and `other` after another."""
        if isinstance(other, Items) and isinstance(other.element, Nothing):
            return replace(self, or_empty=True)
        if not isinstance(other, Query) or self.style != other.style:
            return None
        if self is other:
            return self
        if [e.model for e in self.entities] != [e.model for e in other.entities]:
            return None
        if self.related is not other.related:
            return None
        common = [call for call in self.calls if call in other.calls]
        rest = [call for call in (*self.calls, *other.calls) if call not in common]
        return replace(
            self,
            roots=tuple(dict.fromkeys((*self.roots, *other.roots))),
            calls=(*common, *(replace(call, sure=False) for call in rest)),
            predicates=tuple(dict.fromkeys((*self.predicates, *other.predicates))),
            orderings=tuple(dict.fromkeys((*self.orderings, *other.orderings))),
            loaders=tuple(dict.fromkeys((*self.loaders, *other.loaders))),
            option_calls=tuple(c for c in self.option_calls if c in other.option_calls),
            joins=tuple(dict.fromkeys((*self.joins, *other.joins))),
            limit=self.limit if self.limit == other.limit else None,
            understood=self.understood and other.understood,
            or_empty=self.or_empty or other.or_empty,
        )


def conditions(value: Value, node: ast.expr) -> tuple[Predicate, ...]:
    """The conjuncts of what was given to `filter()`."""
    match value:
        case Predicate():
            return (replace(value, given=node),)
        case Conjunction(parts=parts) if isinstance(node, ast.Call | ast.BinOp):
            return parts
        case Conjunction(parts=parts):
            return tuple(replace(part, given=node) for part in parts)
        case _:
            return (Predicate(node, models=models_of(value), given=node),)


def models_of(value: Value) -> tuple[Model, ...]:
    """The mapped classes whose tables a SQL expression names."""
    match value:
        case ColumnRef(model=model) | RelationshipRef(model=model) | ModelClass(model=model):
            return (model,)
        case Predicate(models=models):
            return models
        case Conjunction(parts=parts):
            return tuple(dict.fromkeys(model for part in parts for model in part.models))
        case Aggregate(argument=argument) if argument is not None:
            return models_of(argument)
        case Query(entities=entities):
            return tuple(model for entity in entities for model in models_of(entity.value))
        case Condition():
            return value.models
    return ()
