"""Mapped classes as the project declares them, linked over all files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from codemods.source import Place

Direction = Literal["many-to-one", "one-to-many", "many-to-many"]
# Methods between underscores that frameworks call, and not Python itself: code may name them.
CALLED_BY_NAME = frozenset({"__acl__", "__html__", "__json__"})


def is_special(name: str) -> bool:
    """True for a name that Python gives a meaning of its own, or hides: `__len__`, `__key`."""
    return name.startswith("__") and name not in CALLED_BY_NAME


@dataclass(frozen=True, slots=True)
class Column:
    """A mapped column attribute.

    `type` is the full name of its SQLAlchemy type (`sqlalchemy.Integer`) or None where it could
    not be told. `python` is the kind of its Python values: int, str, bool, float, Decimal, date,
    datetime, time, timedelta, UUID, bytes, enum, json, array, or None where unknown; a
    TypeDecorator, or a column with a comparator of its own, is `decorated` and its python kind is
    None. `length` is a String's or CHAR's.
    `expression` marks a `column_property` of something other than a plain column and `deferred`
    a column that is not loaded with the row. `nullable` and `unique` are what is declared;
    `onupdate` is True where an UPDATE gives it a value of its own.
    `foreign_key` is `table.column` or None; `index` is what the column says of an index of its
    own, None where it says nothing.
    """

    name: str
    place: Place
    column_name: str | None = None
    type: str | None = None
    python: str | None = None
    nullable: bool = True
    unique: bool = False
    primary_key: bool = False
    foreign_key: str | None = None
    collation: str | None = None
    timezone: bool = False
    decorated: bool = False
    deferred: bool = False
    expression: bool = False
    enum: str | None = None
    server_default: bool = False
    default: bool = False
    annotation: str | None = None
    length: int | None = None
    onupdate: bool = False
    index: bool | None = None

    @property
    def may_be_null(self) -> bool:
        """True if a row may have NULL in it."""
        return self.nullable and not self.primary_key

    @property
    def type_name(self) -> str:
        """The last part of `type`, empty where that is not known."""
        return (self.type or "").rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A mapped relationship, declared or made by a `backref`.

    `target` is the full name of the model or None where it could not be resolved. `lazy` is the
    declared strategy (`select` where none is), None where it is not a literal. `uselist` is
    False for a scalar. `keys` are the names of this model's attributes that hold the foreign key
    of a many-to-one, `remote_keys` those of the target for a one-to-many; empty where unknown.
    `ordered` is True where an `order_by` is declared, and `order_by` names the attributes of the
    target that it sorts by, empty where it is not plain; `descending` are those of them that it
    sorts downwards. `told_apart` is False where nothing keeps a table in between from holding a pair of rows
    twice. `custom_join` marks a `primaryjoin`, `query_class` a dynamic one whose queries
    are of a class of their own, and `innerjoin` one whose joined load leaves rows out that have no
    partner.
    """

    name: str
    place: Place
    owner: str
    target: str | None
    direction: Direction | None
    uselist: bool | None
    lazy: str | None = "select"
    secondary: bool = False
    told_apart: bool = True
    viewonly: bool = False
    ordered: bool = False
    custom_join: bool = False
    keys: tuple[str, ...] = ()
    remote_keys: tuple[str, ...] = ()
    back_populates: str | None = None
    from_backref: bool = False
    order_by: tuple[str, ...] = ()
    descending: tuple[str, ...] = ()
    query_class: bool = False
    innerjoin: bool = False

    @property
    def to_one(self) -> bool:
        return self.uselist is False

    @property
    def found_by_key(self) -> bool:
        """True if the session can find a loaded target by the foreign key, without a query."""
        return self.direction == "many-to-one" and not self.custom_join


OtherKind = Literal[
    "property", "method", "classmethod", "staticmethod", "hybrid", "hybrid-method",
    "association-proxy", "validator", "constant", "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attribute:
    """Anything else that a mapped class has: a property, a method, a proxy, a constant.

    `function` is the full name of the function behind a property or method. `detail` is the
    two names of an association proxy (`memberships.group`).
    """

    name: str
    kind: OtherKind
    place: Place
    function: str | None = None
    detail: str | None = None


@dataclass(frozen=True, eq=False)
class Model:
    """A mapped class with everything that it inherits from mixins and mapped parents.

    `full_name` is `package.module.Class`. `parents` are the mapped classes above it, nearest
    first, `children` the mapped classes below it. `unique` holds each set of attribute names
    that a primary key, `unique=True`, UniqueConstraint or unique Index makes unique (without
    partial ones), `indexes` the names of each key and index in order. `complete` is False where a
    base class could not be resolved, so that attributes may be missing. `events` is True where
    the project listens to events of it or declares validators. `query_class` is the full name of
    the class that `Model.query` is of, where the project names one, empty where it cannot be told;
    `custom_query` marks one that may do other things than SQLAlchemy's. `key_order` has the names of
    the primary key in the order in which `get()` takes its values, none where that is not seen. `core`
    marks a table that no class is mapped to, whose name is that of its variable.
    """

    full_name: str
    name: str
    place: Place
    table: str | None
    columns: Mapping[str, Column] = field(repr=False)
    relationships: Mapping[str, Relationship] = field(repr=False)
    others: Mapping[str, Attribute] = field(repr=False)
    unique: tuple[frozenset[str], ...] = ()
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    complete: bool = True
    events: bool = False
    versioned: bool = False
    query_class: str | None = None
    custom_query: bool = False
    indexes: tuple[tuple[str, ...], ...] = ()
    key_order: tuple[str, ...] = ()
    core: bool = False

    @property
    def primary_key(self) -> tuple[str, ...]:
        return tuple(name for name, column in self.columns.items() if column.primary_key)

    def is_unique(self, names: frozenset[str]) -> bool:
        """True if at most one row has given values (none of them NULL) in these attributes."""
        return any(key <= names for key in self.unique)


@dataclass(frozen=True, slots=True)
class SessionFactory:
    """A place that makes sessions: `sessionmaker(...)`, `scoped_session(...)`, `SQLAlchemy()`.

    The flags are None where they are not literals. `scoped` marks one whose sessions any
    function can reach without being handed one; `test` one that lies in test code. `query_class`
    and `custom_query` are what they are for a `Model`, for the queries of its sessions.
    """

    full_name: str
    place: Place
    asynchronous: bool = False
    autoflush: bool | None = True
    expire_on_commit: bool | None = True
    scoped: bool = False
    test: bool = False
    custom_class: str | None = None
    query_class: str | None = None
    custom_query: bool = False
