"""The keys by which a loader finds what belongs to a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from codemods.finding import Precondition
from codemods.orm.databases import FOLDING
from codemods.orm.eager import RowRead
from codemods.orm.keys import LOOSE_TYPES, same_column_type
from codemods.orm.preconditions import proven, unknown
from codemods.orm.values import Step
from codemods.project.index import ProjectIndex
from codemods.project.model import Column, Model

ALIKE = "keys-alike"


def keys_fit(read: RowRead) -> Precondition:
    """SQL Server has no IN for composite keys."""
    name, scope = "keys-in-one-column", read.scope
    for _, step in read.new_steps:
        keyed = step.model
        if step.relationship.direction == "many-to-one":
            keyed = scope.index.model(step.relationship.target or "") or keyed
        databases = scope.settings.database
        if len(keyed.primary_key) > 1 and (not databases or "mssql" in databases):
            return unknown(
                scope,
                name,
                f"{keyed.name} has a composite key, which SQL Server cannot look up",
                read.run,
            )
    return proven(name, "every key is looked up by what all databases support")


def keys_alike(read: RowRead) -> Precondition:
    """A foreign key's values are those of the key that it points at (traps c11_05, c11_07).

    A lazy load lets the database compare them; `selectinload` matches them in Python.
    """
    scope = read.scope
    for _, step in read.new_steps:
        if read.joined or step.relationship.secondary:
            continue
        for holder, column, key in _pairs(scope.index, step):
            if not _one_type(column, key):
                reason = (
                    f"nothing says that {holder.name}.{column.name} has the same values as the "
                    f"{key.name} that it points at, by which the rows would be matched"
                )
                return unknown(scope, ALIKE, reason, read.run)
            if column.python == "str" and _may_fold(scope.settings.database):
                reason = (
                    f"the database may take {holder.name}.{column.name} for equal to a {key.name} "
                    "in other letters, and the rows would be matched letter by letter"
                )
                return unknown(scope, ALIKE, reason, read.run)
    return proven(ALIKE, "keys are matched with values of their own type")


def _pairs(index: ProjectIndex, step: Step) -> Iterator[tuple[Model, Column, Column]]:
    """The class with the foreign key, its column, and the column that this points at."""
    target = index.model(step.relationship.target or "")
    if target is None:
        return
    holder, other = step.model, target
    if step.relationship.direction == "one-to-many":
        holder, other = target, step.model
    for column in holder.columns.values():
        table, _, referred = (column.foreign_key or "").rpartition(".")
        if table and table == other.table:
            for key in other.columns.values():
                if referred == (key.column_name or key.name):
                    yield holder, column, key


def _one_type(column: Column, key: Column) -> bool:
    """True if what SQL finds equal is equal in Python, case aside."""
    loose = column.type_name.upper() in LOOSE_TYPES
    same = column.type == key.type and not (loose or column.collation or key.collation)
    return same or same_column_type(column, key)


def _may_fold(databases: Collection[str]) -> bool:
    return not databases or not FOLDING.isdisjoint(databases)
