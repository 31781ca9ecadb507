"""Columns that queries compare with another table's key, and that no foreign key links to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.orm.declaration import Declaration, Survey, owner
from codemods.orm.naming import snake
from codemods.orm.query import Conjunction, Predicate
from codemods.orm.values import Cell, ColumnRef

if TYPE_CHECKING:
    from codemods.orm.events import Run
    from codemods.orm.frames import Program
    from codemods.project.index import ProjectIndex
    from codemods.project.model import Column, Model
    from codemods.source import Place

# What a table has that refers to rows of any table.
_KINDS = frozenset({"type", "kind", "object_type", "entity_type", "target_type", "table_name"})


@dataclass(frozen=True)
class Unlinked:
    """`column` of `model` is compared with `key` of `target` at `places`."""

    model: Model = field(repr=False)
    column: Column
    target: Model = field(repr=False)
    key: Column
    places: tuple[Place, ...]

    @property
    def foreign_key(self) -> str:
        return f"{self.target.table}.{self.key.column_name or self.key.name}"


class Comparisons:
    """Which columns are compared with which keys, and where.

    Args:
        program: the code of the project's functions.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        models = program.index.models.values()
        self._names = {model.name for model in models}
        self._keys = {name for model in models for name in model.primary_key}
        kinds = {model.columns[name].python for model in models for name in model.primary_key}
        self._others = {
            name
            for model in models
            for name, column in model.columns.items()
            if column.foreign_key is None and not column.primary_key and column.python in kinds
        }

    def of(self, model: Model, column: Column) -> dict[tuple[str, str], list[Place]]:
        """The keys that it is compared with, by class and attribute."""
        return self._all.get((model.full_name, column.name), {})

    @cached_property
    def _all(self) -> dict[tuple[str, str], dict[tuple[str, str], list[Place]]]:
        found: dict[tuple[str, str], dict[tuple[str, str], list[Place]]] = {}
        for scope in self.program.one(Survey).naming(self._may_compare):
            for run in scope.own_runs:
                place = scope.place(run.node)
                for one, other in self._pairs(run):
                    found.setdefault(one, defaultdict(list))[other].append(place)
        return found

    def _may_compare(self, words: Set[str]) -> bool:
        """True for a function that names a key of a class, and a column of another one."""
        keys, others = set(), set()
        for word in words:
            before, _, name = word.rpartition(".")
            known = before.rpartition(".")[2] in self._names
            if name in self._keys:
                keys.add(before if known else "")
            if name in self._others:
                others.add(before if known else "")
        if "aliased" in words and keys and others:
            return True
        # what is no class may be a row
        return any(one != other for one in keys - {""} for other in others)

    def _pairs(self, run: Run) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
        for value in (*run.query.joins, *run.query.predicates):
            for part in value.parts if isinstance(value, Conjunction) else (value,):
                if not isinstance(part, Predicate) or part.operator != "==":
                    continue
                if part.model is None or part.column is None:
                    continue
                one = self._named(part.model, part.column)
                if isinstance(part.value, ColumnRef):
                    other = self._named(part.value.model, part.value.column)
                    yield one, other
                    yield other, one
                elif isinstance(part.value, Cell) and part.column.primary_key:
                    yield self._named(part.value.model, part.value.column), one

    def _named(self, model: Model, column: Column) -> tuple[str, str]:
        return owner(self.program, model, column).full_name, column.name


def unlinked(declaration: Declaration) -> Iterator[Unlinked]:
    """The columns of a class that look like foreign keys to those who write queries."""
    model, index = declaration.model, declaration.index
    comparisons = declaration.program.one(Comparisons)
    for column in model.columns.values():
        if column.foreign_key is not None or column.primary_key or column.expression:
            continue
        if owner(declaration.program, model, column) is not model or _by_hand(model, column):
            continue
        compared = comparisons.of(model, column)
        if len({full_name for full_name, _ in compared}) != 1:
            continue  # a reference to any of several tables
        [(full_name, name), places] = next(iter(compared.items()))
        target = index.models[full_name]
        if not column.name.startswith(snake(target.name)) and not _KINDS.isdisjoint(model.columns):
            continue
        if target.primary_key == (name,) and _same_kind(declaration, column, target, name):
            yield Unlinked(model, column, target, target.columns[name], tuple(places))


def _by_hand(model: Model, column: Column) -> bool:
    """True for a column of which the class says how it is used: by a relationship that joins by
    it, or by a type of what is referred to next to it."""
    named = column.name.removesuffix("_id")
    kinds = {f"{named}_type", f"{named}_kind", f"{named}_table", f"{named}_model"}
    joined = any(column.name in r.keys for r in model.relationships.values() if r.custom_join)
    return joined or not kinds.isdisjoint(model.columns)


def _same_kind(declaration: Declaration, column: Column, target: Model, name: str) -> bool:
    """True if a foreign key is possible: one kind of value, in one database."""
    key = target.columns[name]
    index, model = declaration.index, declaration.model
    binds = [index.value(f"{one.full_name}.__bind_key__") for one in (model, target)]
    one, other = (bind.value if bind is not None else None for bind in binds)
    return (
        one == other
        and not _apart(index, model.full_name, target.full_name)
        and target.table is not None
        and (column.python or column.type or "") == (key.python or key.type)
    )


def _apart(index: ProjectIndex, *names: str) -> bool:
    """True for two classes that no declarative base has in common: their tables are in different
    metadata, where the name of a table means nothing to the other."""
    one, other = (
        {
            each
            for each in (name, *index.bases(name))
            if index.is_declarative_base(each) and not each.startswith("sqlalchemy.")
        }
        for name in names
    )
    return bool(one) and bool(other) and one.isdisjoint(other)
