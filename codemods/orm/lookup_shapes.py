"""What a query in a loop gives for one key: rows, columns, a number, or whether there is a row."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from codemods.facts.nodes import walk
from codemods.orm.core_tables import CoreColumn, CoreTable
from codemods.orm.events import Run
from codemods.orm.query import Aggregate, Entity, Predicate, Query
from codemods.orm.values import ColumnRef, ModelClass, Value

Kind = Literal[
    "row", "rows", "value", "values", "columns", "tuples", "count", "aggregate", "exists", "totals",
    "figures",
]  # fmt: skip
Amount = Literal["first", "one", "one_or_none", "many"]

_AMOUNTS: dict[str, Amount] = {
    "first": "first", "one": "one", "one_or_none": "one_or_none", "scalar_one": "one",
    "scalar_one_or_none": "one_or_none", "all": "many", "iterate": "many", "get": "one_or_none",
    "get_one": "one", "first_or_404": "first", "get_or_404": "one_or_none",
    "one_or_404": "one_or_none",
}  # fmt: skip
# What looks for a row by its primary key, in the session first.
GETS = frozenset({"get", "get_one", "get_or_404"})
# What is a list for each key.
LISTS = frozenset({"rows", "values", "tuples"})
# Values that are the same where the database calls them equal.
_EXACT = frozenset({"int", "bool", "date", "datetime", "enum"})
# What the database computes, and what no rows are wanted for.
COMPUTED = frozenset({"count", "aggregate", "exists", "figures"})
NUMBERS = COMPUTED | {"totals"}
# Steps of a query that leave every row to stand for itself.
SIMPLE = frozenset({
    "filter", "where", "filter_by", "order_by", "options", "join", "outerjoin", "select_from",
})  # fmt: skip

# Steps that a condition may leave out.
_OPTIONAL = frozenset({"filter", "where", "filter_by", "options"})


def may_be_left_out(query: Query, predicate: Predicate) -> bool:
    """True for a condition that only some branches add to the query."""
    return any(
        node is predicate.node for call in query.calls if not call.sure for node in walk(call.node)
    ) and not any(
        node is predicate.node
        for call in query.calls
        if call.sure
        for argument in (*call.node.args, *call.node.keywords)
        for node in walk(argument)
    )


def fallback(aggregate: Aggregate) -> ast.expr | None:
    """What a `coalesce()` around an aggregate gives where there are no rows."""
    node = aggregate.node
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr == "coalesce":
            return node.args[1] if len(node.args) > 1 else None
        if node.func.attr not in ("label", "cast"):
            return None
        node = node.func.value
    return None


def _same_without_rows(aggregate: Aggregate) -> bool:
    """True if the fallback is in Python what the database makes of it."""
    given, argument = fallback(aggregate), aggregate.argument
    if given is None or aggregate.function == "count":
        return True
    return (
        isinstance(given, ast.Constant)
        and type(given.value) is int
        and aggregate.function in ("sum", "min", "max")
        and isinstance(argument, ColumnRef)
        and argument.column.python == "int"
        and not (argument.column.type or "").endswith("BigInteger")
    )


def inner_query(query: Query) -> Query:
    """The query that `query(q.exists())` or `select(exists())` asks about, else itself."""
    match query.entities:
        case [Entity(value=Query() as inner)]:
            match inner.entities:
                case [Entity(value=Query() as asked)] if inner.kind == "exists" and not inner.calls:
                    # `exists(select(Order.id).where(…))`
                    return asked
            return inner
    return query


def with_inner(query: Query, inner: Query) -> Query:
    """The query with another one in place of that which has the conditions."""
    match query.entities:
        case [Entity(value=Query() as around) as entity]:
            found = with_inner(around, inner) if inner_query(query) is not around else inner
            return replace(query, entities=(replace(entity, value=found),))
    return inner


def shape(
    run: Run,
) -> tuple[Kind | None, Amount, tuple[ColumnRef, ...], Aggregate | None]:
    """What comes back for one key: the kind, how many, and which columns."""
    query, terminal = run.query, run.terminal
    if query.kind == "exists":
        return "exists", "first", (), None
    values = [entity.value for entity in query.entities]
    amount = "first" if _takes_first(run) else _AMOUNTS.get(terminal)
    if query.style == "legacy" and terminal == "count":
        return "count", "one", (), None
    if len(values) == 1 and isinstance(values[0], Query):
        return ("exists" if _is_only_value(run) else None), "first", (), None
    if len(values) == 1 and isinstance(values[0], Aggregate):
        if not _is_only_value(run) or values[0].filtered:
            return None, "one", (), None
        if not _same_without_rows(values[0]):
            return None, "one", (), None
        kind: Kind = "count" if values[0].function == "count" else "aggregate"
        return kind, "one", (), values[0]
    if "unique" in run.chain or "mappings" in run.chain or run.streamed:
        return None, "many", (), None
    if len(values) == 1 and isinstance(values[0], ModelClass):
        if values[0].alias:
            return None, "many", (), None
        if query.style == "legacy" or run.terminal in GETS:
            return (
                ("row" if amount not in (None, "many") else "rows" if amount else None),
                amount or "many",
                (),
                None,
            )
        scalars = _is_scalars(run)
        if not scalars or amount is None:
            return None, "many", (), None
        return ("rows" if amount == "many" else "row"), amount, (), None
    if are_figures(run):
        return "figures", "one", (), None
    if len(values) == 1 and isinstance(values[0], CoreTable):
        # what is selected are all columns, which only a test of whether there is a row leaves open
        return ("columns" if amount not in (None, "many") else None), amount or "many", (), None
    columns = tuple(column for v in values if (column := _column(v)) is not None)
    if len(columns) != len(values) or not columns or any(c.alias for c in columns):
        return None, "many", (), None
    if len(columns) == 1 and _is_scalar(run):
        return "value", amount or "one_or_none", columns, None
    if len(columns) == 1 and query.style == "select" and _is_scalars(run):
        many: Kind | None = "values" if amount == "many" else None
        return ("value" if amount not in (None, "many") else many), amount or "many", columns, None
    if amount in ("first", "one", "one_or_none"):
        return "columns", amount, columns, None
    return ("tuples" if amount == "many" else None), "many", columns, None


def _column(value: Value) -> ColumnRef | None:
    match value:
        case ColumnRef():
            return value
        case CoreColumn(model=model, column=column):
            return ColumnRef(model, column)
    return None


def are_figures(run: Run) -> bool:
    """True for a query of several aggregates, whose one row is read."""
    values = [entity.value for entity in run.query.entities]
    if len(values) < 2 or run.terminal not in ("one", "first", "one_or_none") or _is_scalars(run):
        return False
    return all(
        isinstance(value, Aggregate)
        and value.function in _FIGURES
        and not value.filtered
        and _same_without_rows(value)
        and _is_plain(entity.node)
        for entity, value in zip(run.query.entities, values, strict=True)
    )


def _is_plain(node: ast.expr) -> bool:
    """True for functions of the database alone, with a label at most."""
    match node:
        case ast.Call(func=ast.Attribute(attr="label", value=inner), args=[ast.Constant()]):
            return _is_plain(inner)
        case ast.Call(func=ast.Attribute(attr="coalesce"), args=[inner, ast.Constant()]):
            return _is_plain(inner)
        case ast.Call(func=ast.Attribute(attr=name), keywords=[]):
            return name in _FIGURES
    return False


_FIGURES = frozenset({"count", "sum", "min", "max", "avg"})


def _takes_first(run: Run) -> bool:
    """True if the first of several rows is the result: `limit(1)` leaves only that, too."""
    query, terminal = run.query, run.terminal
    if _AMOUNTS.get(terminal) == "first" or (terminal == "scalar" and query.style == "select"):
        return True
    return query.limit == 1 and terminal in ("scalar", "scalar_one_or_none", "one_or_none")


def _method(run: Run) -> str:
    """The method of the session that sends the statement."""
    match run.node:
        case ast.Call(func=ast.Attribute(attr=name)):
            return name
    return ""


def _is_scalar(run: Run) -> bool:
    return run.terminal in ("scalar", "scalar_one", "scalar_one_or_none")


def _is_only_value(run: Run) -> bool:
    """True if the value of a result that has one row and one column is read."""
    return _is_scalar(run) or (_is_scalars(run) and run.terminal in ("one", "one_or_none", "first"))


def _is_scalars(run: Run) -> bool:
    method = _method(run)
    if method in ("scalars", "exec") or "scalars" in run.chain:
        return True
    return run.terminal.startswith("scalar")


def unfit(run: Run, kind: Kind, unique: bool) -> tuple[str, ast.AST] | None:
    """What in a query has no equal for many keys at once; `unique` if a key finds one row."""
    query = inner_query(run.query)
    if not (query.understood and run.query.understood):
        return "not all of how this query is built is understood", run.node
    if len(query.roots) > 1 or any(
        not call.sure and call.method not in _OPTIONAL for call in query.calls
    ):
        return "the query is built in different ways", run.node
    for call in query.calls:
        plain = not call.node.args or unique
        if call.method == "distinct" and plain and _is_idle(query, kind, unique):
            continue
        if call.method == "distinct" and keeps_distinct(query, kind, unique):
            continue
        if call.method == "limit" and _may_be_limited(query, run, kind, unique):
            continue
        if call.method not in SIMPLE and not (call.method == "exists" and query is not run.query):
            return f"{call.method}() holds for each item's query", call.node
    if run.awaited_elsewhere:
        return "the query is awaited elsewhere", run.node
    if kind in COMPUTED and None in query.loaders:
        return "an option of this query may be a condition", run.node
    if query is not run.query and run.query.calls:
        return "conditions stand around this EXISTS", run.node
    if any(loop.deferred for loop in run.loops):
        return "this generator is evaluated later, elsewhere", run.node
    if any(isinstance(loop.node, ast.AsyncFor) for loop in run.loops):
        return "the items of this loop are streamed", run.node
    return None


def keeps_distinct(query: Query, kind: Kind, unique: bool) -> bool:
    """True if DISTINCT stays in the query for all keys, which selects the key with the rest: what
    it leaves out is the same then as for each key by itself."""
    call = query.has("distinct")
    if call is None or call.node.args or kind not in LISTS or _is_idle(query, kind, unique):
        return False
    # what the rows are ordered by has to be selected, too
    selected = {id(e.value.column) for e in query.entities if isinstance(e.value, ColumnRef)}
    if kind == "rows" and query.model is not None:
        selected |= {id(column) for column in query.model.columns.values()}
    return all(id(ordering.column) in selected for ordering in query.orderings)


def ties_are_alike(query: Query, columns: Iterable[ColumnRef]) -> bool:
    """True if rows of these columns that the ORDER BY calls equal are equal in all."""
    ordered = {id(ordering.column) for ordering in query.orderings}
    return all(id(each.column) in ordered and each.column.python in _EXACT for each in columns)


def _is_idle(query: Query, kind: Kind, unique: bool) -> bool:
    """True if all rows of a key are different without DISTINCT."""
    whole = kind in ("row", "rows", "count") and query.model is not None
    comparable = query.model is None or not any(
        column.python in ("json", None) for column in query.model.columns.values()
    )
    return unique or (whole and comparable and not query.joins_other_tables)


def _may_be_limited(query: Query, run: Run, kind: Kind, unique: bool) -> bool:
    """True for a LIMIT that cuts off nothing, or that the rows of each key can have."""
    if (
        query.limit is None
        or query.limit < 1
        or len([c for c in query.calls if c.method == "limit"]) > 1
    ):
        return False
    if kind == "rows":
        whole = query.model is not None and len(query.model.primary_key) == 1
        return unique or (whole and not query.joins and not query.loaders)
    return _takes_first(run) or (unique and kind in ("row", "value", "columns", "values", "tuples"))
