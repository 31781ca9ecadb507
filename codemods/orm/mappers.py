"""What SQLAlchemy says of a class: `inspect(Order).relationships`, `order.__mapper__.attrs`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.orm.choices import OneOf, Property, one_of
from codemods.orm.values import Bound, Items, ModelClass, Plain, Row, Tuple, Unknown, Value

if TYPE_CHECKING:
    from codemods.project.model import Model

_INSPECTING = frozenset({
    "sqlalchemy.inspect", "sqlalchemy.inspection.inspect", "sqlalchemy.orm.class_mapper",
    "sqlalchemy.orm.object_mapper", "sqlalchemy.orm.base.class_mapper",
    "sqlalchemy.orm.base.object_mapper", "sqlalchemy.orm.util.object_mapper",
    "sqlalchemy.orm.attributes.instance_state", "sqlalchemy.orm.base.instance_state",
})  # fmt: skip
# What `inspect(row)` and its state say of what is loaded.
LOADED = frozenset({"unloaded", "unloaded_expirable", "dict", "attrs", "expired_attributes"})
_DESCRIPTORS = frozenset({"hybrid", "association-proxy"})


@dataclass(frozen=True)
class Mapper(Value):
    """The mapper of a class, or what `inspect()` gives of one of its rows, which is `row`."""

    model: Model = field(repr=False)
    row: Row | None = None

    @property
    def tainted(self) -> bool:
        return self.row is not None


@dataclass(frozen=True)
class Properties(Value):
    """The attributes of a mapper, or some of them: a mapping from names to properties."""

    names: OneOf


def inspecting(function: str, arguments: list[Value]) -> Mapper | None:
    """`inspect(Order)`, `inspect(order)`, `inspect(type(order))`; None for other calls."""
    if function not in _INSPECTING:
        return None
    match arguments:
        case [ModelClass(model=model, alias=None)] | [Bound(Row(model=model), "__class__")]:
            return Mapper(model)
        case [Row(model=model) as row]:
            return Mapper(model, row if not function.endswith("object_mapper") else None)
    return None


def attribute(owner: Value, name: str) -> Value | None:
    """What these objects have under a name; None for what is not known."""
    match owner:
        case Mapper(model=model) if name == "mapper":
            return Mapper(model)
        case Mapper(model=model, row=None) if texts := _names(model, name):
            return Properties(one_of(texts))
        case Property(name=own) if name in ("key", "name"):
            return own
        case Property():
            return Unknown(plain=True)
        case Bound(Row(model=model), "__class__") if name == "__mapper__":
            return Mapper(model)
        case Bound(Row(), "__class__") if name in ("__name__", "__qualname__", "__tablename__"):
            return Plain("str", False)
    return None


def _names(model: Model, name: str) -> tuple[str, ...]:
    """The names in an attribute of a mapper."""
    columns, relationships = tuple(model.columns), tuple(model.relationships)
    match name:
        case "relationships":
            return relationships
        case "column_attrs" | "columns" | "c":
            return columns
        case "attrs" | "iterate_properties":
            return (*columns, *relationships)
        case "all_orm_descriptors":
            others = (o.name for o in model.others.values() if o.kind in _DESCRIPTORS)
            return (*columns, *relationships, *others)
    return ()


def method(owner: Properties, name: str) -> Value | None:
    """`inspect(Order).relationships.keys()` and its like."""
    pair = Tuple((owner.names, Property(owner.names)))
    match name:
        case "keys":
            return Items(owner.names, "view")
        case "values":
            return iterated(owner)
        case "items":
            return Items(pair, "view")
    return None


def iterated(owner: Properties) -> Items:
    return Items(Property(owner.names), "view")
