"""Dynamic and write-only relationships: what is read on a row is a query of the related rows."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from codemods.orm.events import Act
from codemods.orm.query import Entity, Ordering, Predicate, Query, Related
from codemods.orm.values import ANYTHING, ModelClass, RelationshipRef, Row, Step, Value

if TYPE_CHECKING:
    from codemods.orm.flow import Flow
    from codemods.project.model import Column, Model

_GROWING = frozenset({"add", "add_all", "append", "extend"})
_WRITERS = frozenset({*_GROWING, "remove"})
_STATEMENTS = frozenset({"insert", "update", "delete"})


def collection(flow: Flow, node: ast.expr, row: Row, step: Step, target: Model | None) -> Value:
    """`user.entries`: the query that it is."""
    if target is None or not isinstance(node, ast.Attribute):
        return ANYTHING
    relationship = step.relationship
    related = _related(flow, node, row, step, target)
    predicate = Predicate(node, models=(target,))
    if related.column is not None:
        keyed = step.model if related.through else target
        predicate = Predicate(
            node, keyed, related.column, "==", node.value, row, models=(keyed,)
        )  # fmt: skip
    origin = next((origin for origin in row.origins if origin.run is not None), None)
    run = origin.run if origin is not None else None
    return Query(
        "legacy" if relationship.lazy == "dynamic" else "select",
        (Entity(ModelClass(target), node),),
        (node,),
        node,
        run.session if run is not None else None,
        run.session_node if run is not None else None,
        predicates=(predicate,),
        orderings=_orderings(node, step, target),
        joins=(RelationshipRef(step.model, relationship),) if related.through else (),
        related=related,
    )


def method(flow: Flow, node: ast.Call, query: Query, name: str, value: Value) -> Value | None:
    """What only a relationship has: what adds rows to it, and the `select()` of a write-only one.

    None for what every query has.
    """
    related = query.related
    assert related is not None
    if name in _WRITERS and not query.calls:
        flow.effect(
            Act.APPEND, node, model=related.step.model,
            attribute=related.step.relationship.name, target=query, value=value,
        )  # fmt: skip
        return ANYTHING
    if query.style == "select" and not query.calls and query.node is related.node:
        if name == "select":
            return replace(query, node=node, roots=(node,))
        if name in _STATEMENTS:
            return Query("select", query.entities, (node,), node, kind="dml")
    return None


def _related(flow: Flow, node: ast.Attribute, row: Row, step: Step, target: Model) -> Related:
    """The row, and the columns by which its related rows are found."""
    relationship, label = step.relationship, f"{step.model.name}.{step.relationship.name}"
    if relationship.secondary and not relationship.custom_join:
        return _through(node, row, step, target)
    if relationship.custom_join or len(relationship.remote_keys) != 1:
        return Related(row, step, node, problem=f"{label} has more to it than a foreign key")
    column = target.columns.get(relationship.remote_keys[0])
    key = _key(flow, step, column) if column is not None else None
    if column is None or key is None:
        return Related(row, step, node, problem=f"the foreign key of {label} is not seen")
    return Related(row, step, node, column, key, _missing(row))


def _through(node: ast.Attribute, row: Row, step: Step, target: Model) -> Related:
    """The same where a table in between leads to the related rows."""
    model = step.model
    problem = _missing(row)
    if len(model.primary_key) != 1:
        label = f"{model.name}.{step.relationship.name}"
        return Related(row, step, node, problem=f"{label} has more to it than a foreign key")
    if {model.full_name, *model.parents} & {target.full_name, *target.parents}:
        problem = f"{model.name} would be joined to itself"
    key = model.primary_key[0]
    return Related(row, step, node, model.columns[key], key, problem, through=True)


def _missing(row: Row) -> str | None:
    """Why there may be no key to ask with."""
    if row.new:
        return f"the {row.model.name} is made here"
    return f"there may be no {row.model.name}" if row.optional else None


def _key(flow: Flow, step: Step, column: Column) -> str | None:
    """The attribute of the row whose value the foreign key holds."""
    table, _, stored = (column.foreign_key or "").rpartition(".")
    owners = [step.model, *(flow.index.model(name) for name in step.model.parents)]
    if column.decorated or not any(owner and owner.table == table for owner in owners):
        return None
    found = [
        own.name for own in step.model.columns.values() if (own.column_name or own.name) == stored
    ]
    return found[0] if len(found) == 1 and found[0] in step.model.primary_key else None


def _orderings(node: ast.expr, step: Step, target: Model) -> tuple[Ordering, ...]:
    """The order that the relationship is declared with."""
    relationship = step.relationship
    if relationship.ordered and not relationship.order_by:
        return (Ordering(node),)
    return tuple(
        Ordering(node, target, target.columns[name], name in relationship.descending)
        for name in relationship.order_by
        if name in target.columns
    )
