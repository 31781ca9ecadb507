"""Subqueries of one column that `in_()` tests for a child, and `not_in()` for none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.finding import Amount, Cost, Precondition
from codemods.orm import rounds
from codemods.orm.mentions import has_tests
from codemods.orm.naming import plural, snake
from codemods.orm.preconditions import proven, refuted, unknown
from codemods.orm.query import Predicate, Query
from codemods.orm.sql_names import SqlNames
from codemods.orm.values import ColumnRef, ModelClass
from codemods.patch import Code, Copied, Hole, Patch, Replace

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.scope import Scope
    from codemods.project.model import Column, Model, Relationship

_FILTERS = frozenset({"filter", "where", "filter_by"})
_STEPS = _FILTERS | {"distinct"}
_NOT_IN = frozenset({"not_in", "notin_"})


@dataclass(frozen=True, eq=False)
class ChildTest:
    """`Order.id.in_(select(OrderLine.order_id).where(…))`, which `Order.lines.any(…)` asks."""

    scope: Scope = field(repr=False)
    run: Run
    node: ast.Call
    parent: ast.expr
    query: Query
    child: Model
    column: Column
    relationship: Relationship

    @property
    def label(self) -> str:
        return f"{ast.unparse(self.parent)}.{self.relationship.name}"

    @property
    def distinct(self) -> bool:
        return self.query.has("distinct") is not None

    @property
    def cost(self) -> Cost:
        """The same: what is saved is time."""
        times = rounds.times(self.run.loops) or "1"
        amount = Amount(times, plural(snake(self.child.name)))
        return Cost(amount, amount)

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        return (self._planned(), self._indexed())

    def _planned(self) -> Precondition:
        text = "most databases plan IN and EXISTS alike, and what is gained has to be measured"
        return unknown(self.scope, "planned-alike", text, self.run)

    def _indexed(self) -> Precondition:
        """Without an index, EXISTS reads the table for each row where no plan is made of it."""
        name, label = "key-indexed", f"{self.child.name}.{self.column.name}"
        if any(index[:1] == (self.column.name,) for index in self.child.indexes):
            return proven(name, f"an index leads with {label}")
        text = f"no index is seen that leads with {label}, by which EXISTS finds the rows"
        return unknown(self.scope, name, text, self.run)

    def patches(self) -> tuple[Patch, ...]:
        place = self.scope.place
        conditions: list[Hole] = []
        words: list[str] = []
        holes: dict[str, Hole] = {"parent": Copied(place(self.parent))}
        for call in self.query.calls:
            if call.method in _FILTERS:
                conditions += [Copied(place(argument)) for argument in call.node.args]
                for keyword in call.node.keywords:
                    holes[f"k{len(words)}"] = Copied(place(keyword.value))
                    words.append(f"{keyword.arg}={{k{len(words)}}}")
        sql = SqlNames(self.scope, place(self.node))
        holes |= {f"c{number}": condition for number, condition in enumerate(conditions)}
        given = ", ".join(f"{{c{number}}}" for number in range(len(conditions)))
        if len(conditions) > 1:
            given = f"{sql.sql('and_')}({given})"
        arguments = ", ".join(filter(None, [given, *words]))
        code = Code.of(f"{{parent}}.{self.relationship.name}.any({arguments})", **holes)
        return Replace(place(self.node), code), *sql.imports.values()


def child_tests(scope: Scope) -> Iterator[ChildTest]:
    """Every `in_()` of a subquery with DISTINCT that asks whether a row has a child.

    Without DISTINCT databases plan it like an EXISTS.
    """
    if has_tests(scope.module, scope.index.root):
        return
    for run in scope.own_runs:
        if run.query.kind != "select":
            continue
        for predicate in run.query.predicates:
            if predicate.operator == "in" and isinstance(predicate.value, Query):
                found = _child_test(scope, run, predicate, predicate.value)
                if found is not None:
                    yield found


def _child_test(scope: Scope, run: Run, predicate: Predicate, query: Query) -> ChildTest | None:
    parent, key, node = predicate.model, predicate.column, predicate.node
    if parent is None or key is None or predicate.alias is not None:
        return None
    match node, query.entities:
        case (
            ast.Call(func=ast.Attribute(value=ast.Attribute(value=named)), args=[given]),
            [entity],
        ) if given is predicate.operand and isinstance(entity.value, ColumnRef):
            child, column = entity.value.model, entity.value.column
        case _:
            return None
    inside = set(walk(given))
    if entity.value.alias is not None or not all(root in inside for root in query.roots):
        return None
    if not query.understood or query.conditional or query.kind != "select":
        return None
    if any(call.method not in _STEPS or call.node not in inside for call in query.calls):
        return None
    if query.has("distinct") is None or not all(_is_plain(c.node) for c in query.calls):
        return None
    if child is parent or child.parents or parent.parents or not child.complete:
        return None
    if any(set(each.models) - {child} for each in query.predicates):
        return None
    found = [r for r in parent.relationships.values() if _leads(r, parent, key, child, column)]
    if len(found) != 1:
        return None
    return ChildTest(scope, run, node, named, query, child, column, found[0])


def _is_plain(call: ast.Call) -> bool:
    starred = any(isinstance(argument, ast.Starred) for argument in call.args)
    return not starred and all(keyword.arg is not None for keyword in call.keywords)


def _leads(
    relationship: Relationship, parent: Model, key: Column, child: Model, column: Column
) -> bool:
    """True if the relationship goes from the key of the parent to that column of the child."""
    return (
        relationship.target == child.full_name
        and relationship.uselist is True
        and relationship.remote_keys == (column.name,)
        and not (relationship.secondary or relationship.custom_join)
        and column.foreign_key == f"{parent.table}.{key.column_name or key.name}"
    )


@dataclass(frozen=True, eq=False)
class NotInNull:
    """`Customer.id.not_in(select(Order.customer_id))`: with one NULL in it, it finds nothing."""

    node: ast.expr
    run: Run
    model: Model
    column: Column

    @property
    def label(self) -> str:
        return f"{self.model.name}.{self.column.name}"

    def problem(self, scope: Scope) -> Precondition:
        text = (
            f"rows that are found once {self.label} is asked for with is_not(None) are other ones"
        )
        return refuted(scope, "null-in-list", text, self.run)


def not_in_nulls(scope: Scope) -> Iterator[NotInNull]:
    """Every `not_in()` of a subquery that may have a NULL."""
    if has_tests(scope.module, scope.index.root):
        return
    for run in scope.own_runs:
        for predicate in run.query.predicates:
            asked = _not_in(predicate.node) if predicate.operator is None else None
            if asked is None:
                continue
            selected = _selected(scope, asked)
            if selected is None:
                continue
            model, column, limited = selected
            if column.may_be_null and not limited:
                yield NotInNull(predicate.node, run, model, column)


def _not_in(node: ast.expr) -> ast.expr | None:
    """What `~X.in_(…)` and `X.not_in(…)` are given."""
    match node:
        case ast.UnaryOp(
            op=ast.Invert(), operand=ast.Call(func=ast.Attribute(attr="in_"), args=[given])
        ):
            return given
        case ast.Call(func=ast.Attribute(attr=name), args=[given]) if name in _NOT_IN:
            return given
    return None


def _selected(scope: Scope, node: ast.expr) -> tuple[Model, Column, bool] | None:
    """The column that a subquery selects, and whether it has a condition on that."""
    calls: list[ast.Call] = []
    while isinstance(node, ast.Call):
        calls.append(node)
        match node.func:
            case ast.Attribute(value=value, attr=name) if name != "query":
                node = value
            case ast.Attribute(attr="query") | ast.Name(id="select"):
                break
            case _:
                return None
    if not calls or any(
        isinstance(c.func, ast.Attribute) and c.func.attr in ("outerjoin", "group_by", "having")
        for c in calls
    ):
        return None
    match calls[-1].args:
        case [ast.Attribute(value=ast.Name(id=owner), attr=name)]:
            selected = scope.flow.lookup(owner)
        case _:
            return None
    if not isinstance(selected, ModelClass) or name not in selected.model.columns:
        return None
    asked = any(_asks(call, name) for call in calls[:-1])
    return selected.model, selected.model.columns[name], asked


def _asks(call: ast.Call, name: str) -> bool:
    """True if a condition or a join names the column, which then has a value."""
    for node in (*call.args, *(keyword.value for keyword in call.keywords)):
        for inner in walk(node):
            if isinstance(inner, ast.Attribute) and inner.attr == name:
                return True
    return any(keyword.arg == name for keyword in call.keywords)
