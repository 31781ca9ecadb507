"""Counts, sums and flags: queries that ask for one number of one table."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codemods.orm.events import Run
from codemods.orm.query import Aggregate, Query
from codemods.orm.query_code import sent_query
from codemods.orm.terms import Term, terms_of
from codemods.orm.values import ColumnRef, Condition, ModelClass, Plain
from codemods.project.model import Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

# What a query of a tally may be built with. An order or a loader changes no number.
_STEPS = frozenset({
    "filter", "where", "filter_by", "select_from", "order_by", "options", "with_entities",
    "with_only_columns",
})  # fmt: skip
_SCALARS = frozenset({"scalar", "scalar_one", "scalar_one_or_none"})


@dataclass(frozen=True)
class Tally:
    """One number that a query of its own asks for.

    `query` is the one with the conditions, which may stand in an `exists()` of the one that is
    sent. `aggregate` is None for `query.count()`. `flag` is the test around a query that only asks
    whether there is a row. `expression` is what the number, or the test, takes the place of.
    """

    run: Run
    query: Query
    model: Model
    aggregate: Aggregate | None
    terms: tuple[Term, ...]
    expression: ast.expr
    flag: bool = False
    negated: bool = False

    @property
    def is_count(self) -> bool:
        return self.aggregate is None or self.aggregate.function == "count"

    @property
    def statement(self) -> ast.stmt:
        return self.run.statement

    @property
    def question(self) -> tuple[str, frozenset[str]]:
        """The same for tallies that ask for the same number."""
        count = self.is_count and self.counts_rows
        asked = "count" if count or self.aggregate is None else ast.unparse(self.aggregate.node)
        return asked, frozenset(term.text for term in self.terms)

    @property
    def counts_rows(self) -> bool:
        """True if no value of a column decides whether a row counts."""
        aggregate = self.aggregate
        if aggregate is None:
            return True
        if aggregate.function != "count" or aggregate.distinct:
            return False
        match aggregate.argument:
            case None | Plain():
                return True
            case ColumnRef(column=column):
                return not column.may_be_null
        return False

    @property
    def names_table(self) -> bool:
        """True if the column of this number tells every version which table is meant."""
        argument = self.aggregate.argument if self.aggregate else None
        if isinstance(argument, ColumnRef) and not self.terms:
            return True
        return bool(self.terms) and self.terms[0].names_table


def tally_of(scope: Scope, run: Run) -> Tally | None:
    """The number that a run asks for, if it asks for nothing else."""
    query = run.query
    if run.streamed or len(query.entities) != 1 or not readable(scope, run):
        return None
    if sent_query(run) is None or run.awaited_elsewhere:
        return None
    value = query.entities[0].value
    if query.kind == "exists" or (isinstance(value, Query) and value.kind == "exists"):
        return existence(scope, run)
    if query.kind != "select":
        return None
    aggregate = value if isinstance(value, Aggregate) else None
    model = table_of(query, aggregate)
    if model is None:
        return None
    terms = terms_of(scope, query, model)
    if not steps_known(query, model, aggregate):
        return None
    if aggregate is not None:
        number = number_of(scope, run)
        return Tally(run, query, model, aggregate, terms, number) if number is not None else None
    if run.terminal == "count" and query.style == "legacy":
        return Tally(run, query, model, None, terms, run.expression)
    if run.terminal == "first" and (test := presence(scope, run)) is not None:
        return Tally(run, query, model, None, terms, test, True, is_absence(test))
    return None


def number_of(scope: Scope, run: Run) -> ast.expr | None:
    """The expression that is the number of an aggregate's one row: `….scalar()`, `….one()[0]`."""
    if run.terminal in _SCALARS:
        return run.expression
    if run.terminal not in ("one", "first"):
        return None
    if is_exec(run) or "scalars" in (*run.chain, sender(run)):
        return run.expression
    match scope.parents.get(run.expression):
        case ast.Subscript(value=value, slice=ast.Constant(value=0)) as item if (
            value is run.expression
        ):
            return item
    return None


def sender(run: Run) -> str:
    """The name of the method that sends a query."""
    return getattr(run.node.func, "attr", "") if isinstance(run.node, ast.Call) else ""


def is_exec(run: Run) -> bool:
    return sender(run) == "exec"


def existence(scope: Scope, run: Run) -> Tally | None:
    """`session.query(query.exists()).scalar()` and its relatives."""
    query = run.query
    inner: object = query
    while isinstance(inner, Query) and inner.entities:
        value = inner.entities[0].value
        if not isinstance(value, Query):
            break
        inner = value
    if not isinstance(inner, Query) or run.terminal not in _SCALARS or query.calls:
        return None
    model = table_of(inner, None)
    if model is None or not steps_known(inner, model, None):
        return None
    terms = terms_of(scope, inner, model)
    return Tally(run, inner, model, None, terms, run.expression, True)


def presence(scope: Scope, run: Run) -> ast.expr | None:
    """The test `query.first() is not None` around a query, or `bool(query.first())`."""
    match run.query.entities[0].value:
        case ModelClass():
            whole = True
        case ColumnRef(column=column):
            whole = run.query.style == "legacy" or not column.nullable or column.primary_key
        case _:
            return None
    parent = scope.parents.get(run.expression)
    match parent:
        case ast.Compare(
            ops=[ast.Is() | ast.IsNot() | ast.Eq() | ast.NotEq()],
            comparators=[ast.Constant(value=None)],
        ) if whole:
            return parent
        case ast.Call(func=ast.Name(id="bool"), args=[_], keywords=[]) if isinstance(
            run.query.entities[0].value, ModelClass
        ):
            return parent
    return None


def is_absence(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is | ast.Eq)


def table_of(query: Query, aggregate: Aggregate | None) -> Model | None:
    """The model whose rows are asked for, without aliases."""
    if aggregate is None:
        match query.entities[0].value if query.entities else None:
            case ModelClass(model=model, alias=None) | ColumnRef(model=model, alias=None):
                return model
            case None | Plain():
                pass
            case _:
                return None
    else:
        if aggregate.filtered or aggregate.function == "distinct":
            return None
        match aggregate.argument:
            case ColumnRef(model=model, alias=None, column=column) if not column.expression:
                return model
            case Condition(node=ast.BinOp(), models=(model,)):
                return model
            case None | Plain():
                pass
            case _:
                return None
    sources = [v.model for v in query.joins if isinstance(v, ModelClass) and v.alias is None]
    models = {m for p in query.predicates for m in p.models}
    return sources[0] if sources else (models.pop() if len(models) == 1 else None)


def steps_known(query: Query, model: Model, aggregate: Aggregate | None) -> bool:
    """True if the query is built of conditions alone."""
    if not query.understood:
        return False
    if any(call.method not in _STEPS for call in query.calls):
        return False
    if None in query.loaders:  # it may be a condition, as with_loader_criteria() is
        return False
    if query.orderings and aggregate is not None:
        return False
    return all(isinstance(v, ModelClass) and v.model is model and not v.alias for v in query.joins)


def readable(scope: Scope, run: Run) -> bool:
    """True if a statement before the run's own can do its work once for it."""
    node: ast.AST | None = run.expression
    while node is not None and node is not run.statement:
        if isinstance(
            node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
        ):
            return False
        node = scope.parents.get(node)
    return node is not None and not any(loop.node is run.statement for loop in run.loops)


def target_name(tally: Tally) -> str | None:
    """The variable that a tally is assigned to, alone or as `tally or 0`."""
    match tally.statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            pass
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            pass
        case _:
            return None
    return name if value in (tally.expression, or_zero(value, tally)) else None


def or_zero(value: ast.AST | None, tally: Tally) -> ast.expr | None:
    """`count or 0`, which is the count."""
    match value:
        case ast.BoolOp(op=ast.Or(), values=[first, ast.Constant(value=0)]) if (
            first is tally.expression and tally.is_count and not tally.flag
        ):
            return value
    return None
