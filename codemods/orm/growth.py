"""Whether the statements of lazy loads grow with the rows, which is what an option saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codemods.facts.nodes import walk
from codemods.facts.symbols import dotted_name
from codemods.orm.values import ModelClass

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable

    from codemods.orm.eager import RowRead
    from codemods.orm.events import Run
    from codemods.orm.query import Predicate, Query, QueryCall
    from codemods.orm.values import Step
    from codemods.project.model import Relationship

SINGLE = frozenset({
    "first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "get", "get_one",
    "first_or_404", "one_or_404", "get_or_404",
})  # fmt: skip
_FILTERS = frozenset({"filter", "filter_by", "where"})


def grows(read: RowRead) -> bool:
    """True if there may be more loads than the option sends statements.

    A relationship of one row is one statement, whoever sends it: only what lies behind a
    collection is loaded more than once. Async code has no lazy loads at all, however few.
    """
    if read.fails:
        return True
    path = list(read.path)
    one = one_row(read.run)
    if not one and len(path) > 1 and one_target(read.query, path[0]):
        path, one = path[1:], True
    return not one or any(step.relationship.uselist is not False for step in path[:-1])


def likely_key(step: Step) -> str | None:
    """The foreign key that a relationship goes by whose class is not one of the project's."""
    relationship, columns = step.relationship, step.model.columns
    if relationship.target is not None or relationship.secondary or relationship.uselist:
        return None
    keys = (f"{relationship.name}_id", f"id_{relationship.name}")
    return next((key for key in keys if key in columns and columns[key].foreign_key), None)


def one_target(query: Query, step: Step) -> bool:
    """True if the rows that a query asks for have one target in common, or none at all."""
    relationship, key = step.relationship, likely_key(step)
    if relationship.direction != "many-to-one" and key is None:
        return False
    if any(call.sure and _names_parent(call, relationship) for call in query.calls):
        return True
    return any(
        predicate.operator in ("==", "is")
        and (_names_target(predicate, relationship) or _names(predicate, key))
        for predicate in _always(query)
    )


def _always(query: Query) -> Iterable[Predicate]:
    """The conditions of a query that no branch leaves out."""
    filters = [call for call in query.calls if call.method in _FILTERS]
    if all(call.sure for call in filters):
        return query.predicates
    sure: set[ast.AST | None] = set()
    for call in filters:
        if call.sure:
            given = (*call.node.args, *(keyword.value for keyword in call.node.keywords))
            sure.update(part for item in given for part in walk(item))
    return [p for p in query.predicates if p.node in sure or (p.given in sure and p.given)]


def _names(predicate: Predicate, key: str | None) -> bool:
    return key is not None and predicate.column is not None and predicate.column.name == key


def _names_parent(call: QueryCall, relationship: Relationship) -> bool:
    """True for `with_parent(self.event)` if the relationship is called `event`."""
    given = dotted_name(call.node.args[0]) if call.node.args else None
    if call.method != "with_parent" or given is None:
        return False
    name = given.rpartition(".")[2]
    return name == relationship.name or name.endswith(f"_{relationship.name}")


def _names_target(predicate: Predicate, relationship: Relationship) -> bool:
    if predicate.relationship and predicate.relationship.relationship.name == relationship.name:
        return True
    return predicate.column is not None and predicate.column.name in relationship.keys


def one_row(run: Run) -> bool:
    """True if a query that is sent gives one row at most."""
    return run.terminal in SINGLE or run.query.limit == 1 or _by_key(run.query)


def _by_key(query: Query) -> bool:
    """True for a query of one class whose whole primary key has to have one value."""
    value = query.entities[0].value if len(query.entities) == 1 else None
    if not isinstance(value, ModelClass) or value.alias or not query.understood or query.joins:
        return False
    if query.conditional or query.opaque or query.has("from_statement"):
        return False
    given = {
        predicate.column.name
        for predicate in query.predicates
        if predicate.is_equality and predicate.column and predicate.model is value.model
    }
    return bool(given) and set(value.model.primary_key) <= given
