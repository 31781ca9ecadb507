"""What the index reads off the code is what SQLAlchemy's own mappers say at run time."""

from __future__ import annotations

import importlib
import sys
from textwrap import dedent
from typing import Any

import pytest
from linked import index_of
from mapped_projects import PROJECTS
from sqlalchemy import Enum, Table, inspect
from sqlalchemy.orm import Mapper, configure_mappers

from codemods.project.index import ProjectIndex
from codemods.project.model import Model
from codemods.settings import Settings

_LAZY = {True: "select", False: "joined", None: "noload"}


Linked = tuple[ProjectIndex, dict[str, Mapper[Any]]]


@pytest.fixture(params=PROJECTS, scope="module")
def linked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Linked:
    files = PROJECTS[request.param]
    root = tmp_path_factory.mktemp("project")
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(dedent(text))
    sys.path.insert(0, str(root))
    try:
        for name in files:
            dotted = name.removesuffix(".py").removesuffix("/__init__")
            importlib.import_module(dotted.replace("/", "."))
    finally:
        sys.path.remove(str(root))
    configure_mappers()
    index = index_of(files, Settings(sqlalchemy=((2, 0), (2, 1))), root)
    mappers = {}
    for facts in index.modules.values():
        for item in facts.classes.values():
            mapped = inspect(getattr(sys.modules[facts.module], item.name), raiseerr=False)
            if mapped is not None:
                mappers[item.full_name] = mapped
    return index, mappers


def test_the_same_classes_are_mapped(linked: Linked) -> None:
    index, mappers = linked
    assert mappers
    assert set(index.models) == set(mappers)
    assert all(model.complete for model in index.models.values())


def test_tables_and_inheritance(linked: Linked) -> None:
    index, mappers = linked
    for name, mapper in mappers.items():
        model = index.models[name]
        assert isinstance(mapper.local_table, Table)
        assert model.table == mapper.local_table.fullname
        above = [other.class_ for other in mapper.iterate_to_root()][1:]
        assert model.parents == tuple(f"{cls.__module__}.{cls.__qualname__}" for cls in above)
        below = {other.class_ for other in mapper.self_and_descendants} - {mapper.class_}
        assert set(model.children) == {f"{cls.__module__}.{cls.__qualname__}" for cls in below}


def test_columns(linked: Linked) -> None:
    index, mappers = linked
    for name, mapper in mappers.items():
        read = {
            column.name: described(index.models[name], column.name)
            for column in index.models[name].columns.values()
        }
        assert read == {
            prop.key: as_mapped(mapper, prop)
            for prop in mapper.column_attrs
            if not prop.key.startswith("_")
        }


def described(model: Model, name: str) -> tuple[Any, ...]:
    column = model.columns[name]
    if column.expression:
        return ("expression",)
    kind = (column.type or "").rpartition(".")[2]
    return (
        kind,
        column.python,
        column.nullable,
        column.primary_key,
        column.unique,
        column.length,
        column.collation,
        column.timezone,
        column.deferred,
        column.foreign_key,
        column.column_name or name,
        column.server_default,
    )


def as_mapped(mapper: Mapper[Any], prop: Any) -> tuple[Any, ...]:
    column = prop.columns[0]
    if not hasattr(column, "nullable"):
        return ("expression",)
    type_ = column.type
    keys = [key.target_fullname for key in column.foreign_keys]
    kind = {"AutoString": "String", "Double": "Float"}.get(name := type(type_).__name__, name)
    python = type_.python_type.__name__
    if isinstance(type_, Enum):
        python = "enum" if type_.enum_class else "str"
    return (
        kind,
        {"dict": "json", "object": "str"}.get(python, python),
        column.nullable,
        column.primary_key,
        bool(column.unique),
        getattr(type_, "length", None) if not isinstance(type_, Enum) else None,
        getattr(type_, "collation", None),
        bool(getattr(type_, "timezone", False)),
        prop.deferred,
        keys[0] if keys else None,
        column.name,
        column.server_default is not None,
    )


def test_relationships(linked: Linked) -> None:
    index, mappers = linked
    for name, mapper in mappers.items():
        read = {
            relationship.name: (
                relationship.target,
                relationship.owner,
                relationship.direction,
                relationship.uselist,
                relationship.lazy,
                relationship.secondary,
                relationship.viewonly,
                relationship.ordered,
                relationship.back_populates,
                set(relationship.keys),
                set(relationship.remote_keys),
            )
            for relationship in index.models[name].relationships.values()
        }
        assert read == {prop.key: as_related(prop) for prop in mapper.relationships}


def as_related(prop: Any) -> tuple[Any, ...]:
    target = prop.mapper.class_
    owner = prop.parent.class_
    direction = {"MANYTOONE": "many-to-one", "ONETOMANY": "one-to-many"}.get(
        prop.direction.name, "many-to-many"
    )
    pairs = prop.local_remote_pairs if prop.secondary is None else []
    here = {
        prop.parent.get_property_by_column(local).key
        for local, _ in pairs
        if direction == "many-to-one"
    }
    there = {
        prop.mapper.get_property_by_column(remote).key
        for _, remote in pairs
        if direction == "one-to-many"
    }
    return (
        f"{target.__module__}.{target.__qualname__}",
        f"{owner.__module__}.{owner.__qualname__}",
        direction,
        prop.uselist,
        prop.lazy if isinstance(prop.lazy, str) else _LAZY[prop.lazy],
        prop.secondary is not None,
        prop.viewonly,
        bool(prop.order_by),
        next((other.key for other in prop._reverse_property), prop.back_populates),
        here,
        there,
    )


def test_unique_keys_are_those_of_the_tables(linked: Linked) -> None:
    from sqlalchemy import UniqueConstraint

    index, mappers = linked
    for name, mapper in mappers.items():
        expected = set()
        for level in mapper.iterate_to_root():
            table: Any = level.local_table
            groups = [list(table.primary_key.columns)]
            groups += [
                list(item.columns)
                for item in table.constraints
                if isinstance(item, UniqueConstraint)
            ]
            groups += [
                list(item.columns)
                for item in table.indexes
                if item.unique and item.dialect_options["sqlite"]["where"] is None
            ]
            for group in groups:
                expected.add(
                    frozenset(level.get_property_by_column(column).key for column in group)
                )
        assert set(index.models[name].unique) == expected
