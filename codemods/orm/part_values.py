"""Numbers and orders of a collection's rows, and whether the database has the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codemods.finding import Status
from codemods.orm.databases import EXACT

if TYPE_CHECKING:
    from codemods.orm.partial_reads import PartialRead
    from codemods.orm.scope import Scope
    from codemods.project.model import Column, Model

_ORDERED = frozenset({"int", "date", "datetime", "time", "Decimal", "float"})
_ROUNDED = frozenset({"Decimal", "float"})
_SMALL = frozenset({"Integer", "INTEGER", "SmallInteger", "SMALLINT"})


def column_of(model: Model, part: PartialRead) -> Column | bool | None:
    """The column that a part is sorted or added by; None for none, False for what is no column."""
    if not part.by:
        return None
    column = model.columns.get(part.by)
    plain = column is not None and not (column.expression or column.decorated)
    return column if plain else False


def number_doubt(scope: Scope, model: Model, part: PartialRead) -> tuple[Status, str]:
    """How far the database sorts, adds and compares the rows as Python does."""
    column = model.columns.get(part.by)
    if column is None:
        return Status.PROVEN, ""
    if part.wanted == "sum":
        if column.python not in ("int", *_ROUNDED):
            return Status.REFUTED, f"SQL adds {column.name} up in its own way"
        if column.python in _ROUNDED:
            what = f"the database may round the sum of {column.name}, and Python has 0 for none"
            return Status.UNKNOWN, what
    elif column.python not in _ORDERED:
        return Status.REFUTED, f"SQL orders {column.name} in its own way"
    if column.may_be_null:
        return Status.UNKNOWN, f"a {column.name} of None raises TypeError in Python, and not in SQL"
    databases = set(scope.settings.database)
    kind = column.type_name
    if part.wanted == "sum" and (kind not in _SMALL or not databases or not databases <= EXACT):
        return Status.UNKNOWN, f"on some databases the sum of {column.name} is a Decimal"
    return Status.PROVEN, ""
