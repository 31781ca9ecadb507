"""What a query in a loop gives for one key: rows, columns, a number, or whether there is a row."""

from __future__ import annotations

import ast
from typing import Literal

from codemods.orm.events import Run
from codemods.orm.query import Aggregate, Entity, Query
from codemods.orm.values import ColumnRef, ModelClass

Kind = Literal[
    "row", "rows", "value", "values", "columns", "tuples", "count", "aggregate", "exists", "totals"
]
Amount = Literal["first", "one", "one_or_none", "many"]

_AMOUNTS: dict[str, Amount] = {
    "first": "first", "one": "one", "one_or_none": "one_or_none", "scalar_one": "one",
    "scalar_one_or_none": "one_or_none", "all": "many", "iterate": "many", "get": "one_or_none",
}  # fmt: skip
# What is a list for each key.
LISTS = frozenset({"rows", "values", "tuples"})
# Steps of a query that leave every row to stand for itself.
SIMPLE = frozenset({
    "filter", "where", "filter_by", "order_by", "options", "join", "outerjoin", "select_from",
})  # fmt: skip


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
            return inner
    return query


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
        if not _same_without_rows(values[0]):
            return None, "one", (), None
        kind: Kind = "count" if values[0].function == "count" else "aggregate"
        return kind, "one", (), values[0]
    if "unique" in run.chain or "mappings" in run.chain or run.streamed:
        return None, "many", (), None
    if len(values) == 1 and isinstance(values[0], ModelClass):
        if values[0].alias:
            return None, "many", (), None
        if query.style == "legacy" or run.terminal in ("get", "get_one"):
            return (
                ("row" if amount not in (None, "many") else "rows" if amount else None),
                amount or "many",
                (),
                None,
            )
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
        many: Kind | None = "values" if amount == "many" else None
        return ("value" if amount not in (None, "many") else many), amount or "many", columns, None
    if amount in ("first", "one", "one_or_none"):
        return "columns", amount, columns, None
    return ("tuples" if amount == "many" else None), "many", columns, None


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
