"""serializing_calls: which schema or model gets which rows, held against running the call."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marshmallow import class_registry
from recording import Written, reads_of, recorded

from codemods.orm.serializing_calls import Serialization, SerializingCalls

SCHEMAS = """
from typing import Any, Generic, TypeVar

from marshmallow import Schema, fields
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator


class AuthorSchema(Schema):
    name = fields.Str()


class BookSchema(Schema):
    title = fields.Str()
    author = fields.Nested(AuthorSchema)


class ShelfSchema(Schema):
    books = fields.List(fields.Nested(BookSchema))
    best = fields.Nested(BookSchema, attribute="first")
    total = fields.Int()


book_schema = BookSchema()
books_schema = BookSchema(many=True)
few_schema = BookSchema(many=True, exclude=("author",))


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AuthorOut(Out):
    name: str


class BookOut(Out):
    title: str
    author: AuthorOut

    @classmethod
    def made(cls, row):
        return cls.model_validate(row)


class Plain(BaseModel):
    title: str


T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    items: list[T]
    best: T | None = Field(default=None, validation_alias="first")
    total: int


class Texts(BaseModel):
    items: list[str]

    @field_validator("items", mode="before")
    @classmethod
    def texts(cls, items):
        return [item.title for item in items]


books_adapter = TypeAdapter(list[BookOut])
"""

USE = """
from pydantic import TypeAdapter

from app import schemas
from app.schemas import AuthorOut, BookOut, BookSchema, Page, Plain, ShelfSchema, Texts
from app.schemas import book_schema, books_adapter, books_schema


class View:
    schema = BookSchema(many=True)

    def show(self, rows):
        return self.schema.dump(rows)


"""
ROW = {"title": "t", "author": {"name": "n"}}
BOTH = "title author author.name"

CALLS = [
    ("return BookSchema(many=True).dump(rows)", BOTH),
    ("return BookSchema().dump(rows, many=True)", BOTH),
    ("return BookSchema().dump(rows[0])", BOTH),
    ("return BookSchema(many=True).dump(rows[0], many=False)", BOTH),
    ("return BookSchema(many=True, only=('title',)).dump(rows)", "title"),
    ("return books_schema.dump(rows)", BOTH),
    ("return books_schema.dump(obj=rows)", BOTH),
    ("return schemas.books_schema.dump(rows)", BOTH),
    ("return schemas.few_schema.dump(rows)", "title"),
    ("return books_schema.dumps(rows)", BOTH),
    ("return [book_schema.dump(row) for row in rows]", BOTH),
    ("schema = BookSchema(many=True)\n    return schema.dump(rows)", BOTH),
    ("schema = books_schema\n    return schema.dump(rows)", BOTH),
    ("return View().show(rows)", ""),
    ("return ShelfSchema().dump({'books': rows, 'total': 2})", BOTH),
    ("shelf = {'first': rows[0], 'total': 2}\n    return ShelfSchema().dump(shelf)", BOTH),
    ("return BookOut.model_validate(rows[0])", BOTH),
    ("return schemas.BookOut.model_validate(rows[0])", BOTH),
    ("return [BookOut.from_orm(row) for row in rows]", BOTH),
    ("return Plain.model_validate(rows[0], from_attributes=True)", "title"),
    ("return TypeAdapter(list[BookOut]).validate_python(rows)", BOTH),
    ("return books_adapter.validate_python(rows)", BOTH),
    ("adapter = TypeAdapter(list[Plain])\n"
     "    return adapter.validate_python(rows, from_attributes=True)", "title"),
    ("return Page[BookOut](items=rows, total=2)", BOTH),
    ("return Page[BookOut](items=[], first=rows[0], total=2)", BOTH),
    ("return Page[BookOut].model_validate({'items': rows, 'total': 2})", BOTH),
    ("return Texts(items=rows)", "title"),
    ("return BookOut(title='t', author=rows[0].author)", "author author.name"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def registry() -> Iterator[None]:
    yield
    class_registry._registry.clear()


def project(tmp_path: Path, body: str) -> Written:
    text = f"{USE}def view(rows):\n    {body}\n"
    return Written(tmp_path, models="", schemas=SCHEMAS, use=text)


def found(project: Written, name: str = "view") -> list[Serialization]:
    """What the calls in a function serialize."""
    calls = SerializingCalls(project.index, project.sources.__getitem__)
    facts = project.index.modules[project.name("use")]
    tree = ast.parse(project.sources[facts.path].text)
    (function,) = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == name)
    owner = project.name("use.View") if name == "show" else None
    names = calls.names(facts, function, owner)
    nodes = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [item for node in nodes for item in calls.of_call(node, names)]


def ours(project: Written, serializations: list[Serialization], module: Any) -> set[str]:
    """What the renderers read of the arguments, and what evaluating these reads."""
    read: set[str] = set()
    for item in serializations:
        rows = [copy.deepcopy(ROW), copy.deepcopy(ROW)]
        log: set[str] = set()
        seen = recorded(rows, log)
        code = ast.unparse(item.argument)
        eval(code, {**vars(module), "rows": seen, "row": seen[0]})
        read |= log
        if code.endswith(".author"):
            read |= {f"author.{path}" for path in reads_of(item.renderer, ROW["author"])}
        else:
            read |= reads_of(item.renderer, eval(code, {"rows": rows, "row": rows[0]}))
    return read


@pytest.mark.parametrize("body, paths", CALLS)
def test_a_call_reads_what_its_renderers_read(body: str, paths: str, tmp_path: Path) -> None:
    made = project(tmp_path, body)
    with made.imported("use") as module:
        log: set[str] = set()
        module.view(recorded([copy.deepcopy(ROW), copy.deepcopy(ROW)], log))
        if "View()" in body:
            assert log == ours(made, found(made, "show"), module) == set(BOTH.split())
            return
        assert log == ours(made, found(made), module) == set(paths.split())


SILENT = [
    "return books_schema.dump(rows, many=len(rows) > 1)",
    "return BookSchema(many=rows.flag).dump(rows)",
    "schema = BookSchema()\n    schema = books_schema\n    return schema.dump(rows)",
    "return Plain.model_validate(rows[0])",
    "return schemas.nothing.dump(rows)",
    "BookSchema = rows.schema\n    return BookSchema(many=True).dump(rows)",
    "return rows.dump(rows)",
    "return BookOut(**vars(rows[0]))",
    "return AuthorOut(name=rows[0].author.name)",
    "return BookOut.model_validate(*rows)",
]


@pytest.mark.parametrize("body", SILENT)
def test_what_is_not_known_serializes_nothing(body: str, tmp_path: Path) -> None:
    assert found(project(tmp_path, body)) == []


def test_cls_is_the_class_around_a_method(tmp_path: Path) -> None:
    made = project(tmp_path, "return 1")
    calls = SerializingCalls(made.index, made.sources.__getitem__)
    facts = made.index.modules[made.name("schemas")]
    node = ast.parse("cls.model_validate(row)", mode="eval").body
    assert isinstance(node, ast.Call)
    names = calls.names(facts, None, made.name("schemas.BookOut"))
    (item,) = calls.of_call(node, names)
    assert reads_of(item.renderer, ROW) == set(BOTH.split())


def test_what_shows_whatever_is_loaded(tmp_path: Path) -> None:
    body = "from fastapi.encoders import jsonable_encoder\n    return jsonable_encoder(rows)"
    (item,) = found(project(tmp_path, body))
    assert item.renderer.shows_loaded
    assert ast.unparse(item.argument) == "rows"
    (plain,) = found(project(tmp_path / "other", "return books_schema.dump(rows)"))
    assert not plain.renderer.shows_loaded


def test_parse_obj_as_of_pydantic_1(tmp_path: Path) -> None:
    body = "from pydantic import parse_obj_as\n    return parse_obj_as(list[BookOut], rows)"
    (item,) = found(project(tmp_path, body))
    assert reads_of(item.renderer, [ROW]) == set(BOTH.split())
