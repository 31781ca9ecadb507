"""Lists of keys that one query fetches for the `in_()` of another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Precondition
from codemods.orm.events import Run
from codemods.orm.grouping import session_key
from codemods.orm.mentions import has_tests
from codemods.orm.moments import Moments
from codemods.orm.nearby_queries import in_between, undisturbed
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.query import Predicate
from codemods.orm.query_code import Unwritable, sent_query
from codemods.orm.row_lists import reads_of
from codemods.orm.values import ColumnRef, ModelClass
from codemods.orm.wider_queries import Wider
from codemods.patch import Code, Patch, Remove, Replace
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.orm.scope import Scope

_STEPS = frozenset({"filter", "where", "filter_by", "order_by", "join", "distinct", "limit"})
# IN takes no subquery with LIMIT, or with ORDER BY, there.
_NO_LIMIT = frozenset({"mysql", "mariadb", "oracle"})


@dataclass(eq=False)
class IdList:
    """A list of one column that is fetched only to be the operand of one `in_()`.

    `read` is the list where `predicate` of `second` has it; `spent` are the statements that make it.
    """

    scope: Scope = field(repr=False)
    first: Run
    second: Run
    model: Model
    column: Column
    name: str
    read: ast.expr
    predicate: Predicate
    spent: tuple[ast.Assign, ...]

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        return (
            self._planned(),
            self._same_kind(),
            self._takes_limit(),
            self._not_correlated(),
            *in_between(self.scope, self.first, self.second),
        )

    def _planned(self) -> Precondition:
        reason = "the database plans the two together, for better or worse, and sees one moment"
        return unknown(self.scope, "planned-together", reason, self.second)

    def _same_kind(self) -> Precondition:
        name, other = "same-kind", self.predicate.column
        if other is None or self.column.python is None or other.python is None:
            reason = (
                "not both columns are of types of which it is known how a database compares them"
            )
            return unknown(self.scope, name, reason, self.second)
        if (other.python, other.decorated) != (self.column.python, self.column.decorated):
            reason = f"{self.column.name} is {self.column.python}, and {other.name} {other.python}"
            return refuted(self.scope, name, reason, self.second)
        return proven(name, "the two columns have one type")

    def _takes_limit(self) -> Precondition:
        name, databases = "database-takes-it", set(self.scope.settings.database)
        if self.first.query.has("limit") is None:
            return proven(name, "every database takes this subquery")
        if databases & _NO_LIMIT:
            return refuted(
                self.scope, name, "MySQL and Oracle take no LIMIT inside of IN", self.first
            )
        if not databases:
            reason = "the project's database is not known, and some take no LIMIT inside of IN"
            return unknown(self.scope, name, reason, self.first)
        return proven(name, "the project's databases take this subquery")

    def _not_correlated(self) -> Precondition:
        name = "own-tables"
        inner, outer = self.first.query.tables, self.second.query.tables
        if inner is None or outer is None or inner & outer:
            reason = "the subquery names a table of the query around it, and would be tied to that"
            return refuted(self.scope, name, reason, self.second)
        return proven(name, "the subquery has tables of its own")

    def subquery(self) -> Code:
        """Raises Unwritable where there is no way to write it."""
        columns: tuple[Column, ...] = (self.column,)
        if isinstance(self.first.query.entities[0].value, ColumnRef):
            columns = ()
        unordered = self.first.query.has("limit") is None
        return Wider(self.scope, self.first, self.model, (), columns, unordered=unordered).query()

    def patches(self) -> tuple[Patch, ...]:
        place = self.scope.place
        return (
            *(Remove(place(statement)) for statement in self.spent),
            Replace(place(self.read), self.subquery()),
        )


def id_lists(scope: Scope) -> Iterator[IdList]:
    """Every list of keys that is fetched for the `in_()` of one other query."""
    if len(scope.own_runs) < 2 or has_tests(scope.module, scope.index.root):
        return
    moments = Moments(scope)
    for first in scope.own_runs:
        made = _made(scope, first)
        if made is None:
            continue
        model, column, name, read, spent = made
        for second in scope.own_runs:
            predicate = next((p for p in second.query.predicates if p.operand is read), None)
            if predicate is None or predicate.operator != "in":
                continue
            if not _is_one(scope, moments, first, second):
                continue
            found = IdList(scope, first, second, model, column, name, read, predicate, spent)
            try:
                found.subquery()
            except Unwritable:
                continue
            yield found


def _is_one(scope: Scope, moments: Moments, first: Run, second: Run) -> bool:
    """True if the second query may ask what the first one did."""
    tables = [scope.index.model(name) for name in first.query.tables or ()]
    return (
        first.index < second.index
        and first.loops == second.loops
        and first.branches == second.branches[: len(first.branches)]
        and first.tries == second.tries
        and session_key(first) == session_key(second) is not None
        and first.query.style == second.query.style
        and first.no_autoflush == second.no_autoflush
        and second.query.kind == "select"
        and second.terminal not in ("delete", "update")
        and undisturbed(scope, first, second, [model for model in tables if model])
        and moments.changed(first.expression, second.statement, first) is None
    )


def _made(
    scope: Scope, run: Run
) -> tuple[Model, Column, str, ast.expr, tuple[ast.Assign, ...]] | None:
    """The model, column, variable, only read and statements of a list of one column."""
    query = run.query
    if run.terminal not in ("all", "iterate") or run.streamed or query.kind != "select":
        return None
    if not query.understood or query.conditional or len(query.entities) != 1 or query.loaders:
        return None
    if any(call.method not in _STEPS for call in query.calls) or sent_query(run) is None:
        return None
    value, node = query.entities[0].value, run.expression
    spent: tuple[ast.Assign, ...] = ()
    if node not in scope.parents or not _is_written_out(run):
        return None
    listed: ast.expr = node
    match scope.parents.get(node):
        case ast.Assign(targets=[ast.Name(id=name)]) as assigned:
            reads = reads_of(scope, name, assigned)
            if len(reads) == 1 and isinstance(scope.parents.get(reads[0]), ast.comprehension):
                node, spent = reads[0], (assigned,)
    match scope.parents.get(node):
        case ast.comprehension(target=target, ifs=[], is_async=0) as clause if clause.iter is node:
            made = scope.parents[clause]
            if not isinstance(made, ast.ListComp | ast.SetComp):
                return None
            listed, found = made, _column(value, target, made)
        case ast.Assign() if isinstance(value, ColumnRef) and _is_scalar(run):
            found = value.column
        case _:
            return None
    match scope.parents.get(listed):
        case ast.Assign(targets=[ast.Name(id=name)]) as kept if found is not None:
            reads = reads_of(scope, name, kept)
            if len(reads) == 1 and isinstance(value, ModelClass | ColumnRef) and not value.alias:
                if found.expression or found.decorated or value.model.parents:
                    return None
                return value.model, found, name, reads[0], (*spent, kept)
    return None


def _is_scalar(run: Run) -> bool:
    """True if each item of the list is the column itself."""
    sender = getattr(run.node.func, "attr", "") if isinstance(run.node, ast.Call) else ""
    return run.query.style == "select" and "scalars" in (*run.chain, sender)


def _column(value: object, target: ast.expr, listed: ast.ListComp | ast.SetComp) -> Column | None:
    """The column of which a comprehension makes a list of a query's rows."""
    if len(listed.generators) != 1:
        return None
    match value, target, listed.elt:
        case (
            ModelClass(model=model),
            ast.Name(id=row),
            ast.Attribute(value=ast.Name(id=read), attr=name),
        ) if (
            row == read
        ):
            return model.columns.get(name)
        case ColumnRef(column=column), ast.Tuple(elts=[ast.Name(id=row)]), ast.Name(id=read) if (
            row == read
        ):
            return column
        case (
            ColumnRef(column=column),
            ast.Name(id=row),
            ast.Subscript(value=ast.Name(id=read), slice=ast.Constant(value=0)),
        ) if (
            row == read
        ):
            return column
        case (
            ColumnRef(column=column),
            ast.Name(id=row),
            ast.Attribute(value=ast.Name(id=read), attr=name),
        ) if (
            row == read and name == column.name
        ):
            return column
    return None


def _is_written_out(run: Run) -> bool:
    inside = set(walk(run.expression))
    return all(node in inside for node in (*run.query.roots, *(c.node for c in run.query.calls)))
