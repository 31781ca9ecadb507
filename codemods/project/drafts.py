"""A mapped class while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from codemods.facts.values import ModuleFacts
from codemods.project.declared import Constraint, RawRelationship
from codemods.project.model import Attribute, Column, Relationship
from codemods.source import Place


@dataclass(slots=True)
class Draft:
    """What is known of a mapped class; `own` is without what mapped parents give it.

    `root` is the declarative base, `parents` the mapped classes above, nearest first, `order`
    the whole resolution order.
    """

    full_name: str
    place: Place
    facts: ModuleFacts
    qualname: str
    root: str
    order: tuple[str, ...]
    parents: tuple[str, ...] = ()
    table: str | None = None
    own_columns: dict[str, Column] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()
    columns: dict[str, Column] = field(default_factory=dict)
    raw: dict[str, RawRelationship] = field(default_factory=dict)
    own_relationships: dict[str, Relationship] = field(default_factory=dict)
    others: dict[str, Attribute] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    constraints: list[Constraint] = field(default_factory=list)
    tables: tuple[str, ...] = ()
    versioned: bool = False
    concrete: bool = False
    validates: bool = False
    query_classes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.qualname.rpartition(".")[2]
