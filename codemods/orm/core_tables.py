"""Tables that no class is mapped to, in queries: `order_tags.c.tag_id == tag.id`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.orm.values import Symbol, Value
from codemods.project.model import Column, Model

if TYPE_CHECKING:
    from codemods.project.index import ProjectIndex


@dataclass(frozen=True)
class CoreTable(Symbol):
    """`order_tags`. The model has its columns, and is no class that rows could be of."""

    model: Model = field(repr=False)


@dataclass(frozen=True)
class CoreColumns(Symbol):
    """`order_tags.c`."""

    model: Model = field(repr=False)


@dataclass(frozen=True)
class CoreColumn(Symbol):
    """`order_tags.c.tag_id`."""

    model: Model = field(repr=False)
    column: Column


def named(index: ProjectIndex, full_name: str) -> Value | None:
    """The table of a name; None for any other name."""
    table = index.core_tables.get(full_name)
    return CoreTable(full_name, table) if table is not None else None


def attribute(owner: Symbol, name: str) -> Value | None:
    """The columns of a table, or one of them; None for any other attribute."""
    full_name = f"{owner.full_name}.{name}"
    match owner:
        case CoreTable(model=model) if name in ("c", "columns"):
            return CoreColumns(full_name, model)
        case CoreColumns(model=model) if name in model.columns:
            return CoreColumn(full_name, model, model.columns[name])
    return None


def table_of(value: Value) -> Model | None:
    """The table that a part of a query names."""
    return value.model if isinstance(value, CoreTable | CoreColumn) else None
