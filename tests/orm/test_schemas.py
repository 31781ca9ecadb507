"""schemas: what marshmallow reads, and what the function that stands for a schema reads."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marshmallow import class_registry
from recording import Keyed, Written, reads_of, recorded

from codemods.facts.symbols import Call, annotation
from codemods.orm.renderer import Renderer
from codemods.orm.schemas import Schemas

MODELS = """
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class City(Base):
    __tablename__ = "city"
    id = Column(Integer, primary_key=True)


class Author(Base):
    __tablename__ = "author"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    city_id = Column(ForeignKey("city.id"))
    city = relationship(City)


class Page(Base):
    __tablename__ = "page"
    id = Column(Integer, primary_key=True)
    book_id = Column(ForeignKey("book.id"))


class Book(Base):
    __tablename__ = "book"
    id = Column(Integer, primary_key=True)
    title = Column(String)
    author_id = Column(ForeignKey("author.id"))
    author = relationship(Author)
    pages = relationship(Page, order_by=Page.id)
"""

BASICS = """
from marshmallow import Schema, fields, post_dump, pre_dump
from marshmallow_sqlalchemy import SQLAlchemyAutoSchema, SQLAlchemySchema, auto_field
from marshmallow_sqlalchemy.fields import Related, RelatedList

from app import models


def first_name(book):
    return book.author.name


class CitySchema(Schema):
    name = fields.Str()


class AuthorSchema(Schema):
    name = fields.Str()
    city = fields.Nested(CitySchema)


class PageSchema(Schema):
    text = fields.Str()
    book = fields.Nested("BookSchema")


class AuthorAuto(SQLAlchemyAutoSchema):
    class Meta:
        model = models.Author
        include_relationships = True


author_schema = AuthorSchema(exclude=("city",))
FEW = ("title",)


class BookSchema(Schema):
"""

BOOK: dict[str, Any] = {
    "id": 1,
    "title": "t",
    "author_id": 2,
    "author": {"id": 2, "name": "n", "city_id": 3, "city": {"id": 3, "name": "c"}},
    "pages": [{"id": 4, "text": "x"}, {"id": 5, "text": "y"}],
    "named": Keyed(a={"name": "n"}),
}

# The body of BookSchema, the instance, and the paths that its dump reads.
ROWS = [
    ("author = fields.Nested(AuthorSchema)", "", "author author.name author.city author.city.name"),
    ('author = fields.Nested("AuthorSchema")', "", "author author.name author.city author.city.name"),
    ('author = fields.Nested("app.schemas.AuthorSchema", only=("name",))', "", "author author.name"),
    ("author = fields.Nested(lambda: AuthorSchema(only=('name',)))", "", "author author.name"),
    ("author = fields.Nested(AuthorSchema(only=('name',)))", "", "author author.name"),
    ("author = fields.Nested(author_schema)", "", "author author.name"),
    ("author = fields.Nested({'name': fields.Str()})", "", "author author.name"),
    ("author = fields.Nested(AuthorSchema, exclude=('city',))", "", "author author.name"),
    ("author = fields.Nested(AuthorSchema, only=('city.name',))", "", "author author.city author.city.name"),
    ("pages = fields.Nested(PageSchema, many=True, exclude=('book',))", "", "pages pages.text"),
    ("pages = fields.Nested(PageSchema(many=True, exclude=('book',)))", "", "pages pages.text"),
    ("pages = fields.List(fields.Nested(PageSchema, exclude=('book',)))", "", "pages pages.text"),
    ("pages = fields.List(fields.Nested(PageSchema))", "only=('pages.text',)", "pages pages.text"),
    (
        "named = fields.Dict(values=fields.Nested(AuthorSchema, only=('name',)))",
        "",
        "named named.name",
    ),
    ("author = fields.Pluck(AuthorSchema, 'name')", "", "author author.name"),
    ("pages = fields.Pluck(PageSchema, 'text', many=True)", "", "pages pages.text"),
    ("town = fields.Str(attribute='author.city.name')", "", "author author.city author.city.name"),
    (
        "writer = fields.Nested(AuthorSchema, attribute='author', data_key='by', only=('name',))",
        "",
        "author author.name",
    ),
    ("who = fields.Method('get_who')\n    def get_who(self, b): return b.author.name", "", "author author.name"),
    (
        "who = fields.Method('get_who')\n"
        "    def get_who(self, b): return self.called(b)\n"
        "    def called(self, b): return b.author.name",
        "",
        "author author.name",
    ),
    ("who = fields.Function(lambda b: b.author.name)", "", "author author.name"),
    ("who = fields.Function(serialize=lambda b: [p.text for p in b.pages])", "", "pages pages.text"),
    ("who = fields.Function(deserialize=lambda b: b.no, serialize=lambda b: b.title)", "", "title"),
    ("who = fields.Function(first_name)", "", "author author.name"),
    ("author = fields.Str()", "", "author author.__str__"),
    ("author = fields.Raw()", "", "author"),
    ("pages = fields.List(fields.Str())", "", "pages pages.__str__"),
    ("pages = fields.List(fields.Raw())", "", "pages"),
    ("nothing = fields.Constant(3)", "", ""),
    ("author = fields.Nested(AuthorSchema, load_only=True)", "", ""),
    ("author = fields.Raw(dump_only=True)", "", "author"),
    ("author = fields.Raw()\n    class Meta:\n        load_only = ('author',)", "", ""),
    ("author = fields.Raw()\n    title = fields.Str()\n    class Meta:\n        exclude = ('author',)", "", "title"),
    ("author = fields.Raw()\n    title = fields.Str()\n    class Meta:\n        fields = FEW", "", "title"),
    ("author = fields.Raw()\n    title = fields.Str()", "only=('title',)", "title"),
    ("author = fields.Raw()\n    title = fields.Str()", "only=FEW", "title"),
    ("author = fields.Raw()\n    title = fields.Str()", "exclude=['author']", "title"),
    ("author = fields.Raw()\n    title = fields.Str()", "load_only={'author'}", "title"),
    ("author = fields.Nested(AuthorSchema)", "only=('author.name',)", "author author.name"),
    ("author = fields.Nested(AuthorSchema)", "exclude=('author.city',)", "author author.name"),
    ("author = fields.Nested(AuthorSchema)", "exclude=('author.city.name',)", "author author.name author.city"),
    ("author = fields.Nested(AuthorSchema, only=('name',))", "only=('author.name',)", "author author.name"),
    (
        "title = fields.Str()\n"
        "    @pre_dump\n"
        "    def touch(self, data, **kwargs):\n"
        "        data.author.name\n"
        "        return data",
        "",
        "author author.name title",
    ),
    (
        "title = fields.Str()\n"
        "    @pre_dump(pass_collection=True)\n"
        "    def touch(self, data, many, **kwargs):\n"
        "        [item.pages for item in data] if many else data.author\n"
        "        return data",
        "",
        "pages title",
    ),
    (
        "title = fields.Str()\n"
        "    @post_dump(pass_original=True)\n"
        "    def after(self, data, original, **kwargs):\n"
        "        original.author.name\n"
        "        return data",
        "",
        "author author.name title",
    ),
]  # fmt: skip


@pytest.fixture(autouse=True)
def registry() -> Iterator[None]:
    """The schemas of one test are not those of another."""
    yield
    class_registry._registry.clear()


def dumped(call: str, many: bool, project: Written) -> Renderer:
    schema_call = annotation(call)
    assert isinstance(schema_call, Call)
    schemas = Schemas(project.known)
    facts = project.index.modules[project.name("schemas")]
    schema = schemas.fields.made(schema_call, facts)
    assert schema is not None
    renderer = schemas.renderer(schema, many)
    assert renderer is not None
    return renderer


def both(project: Written, arguments: str, many: bool) -> tuple[set[str], set[str]]:
    """The paths that the library reads, and those of the synthetic function."""
    value: Any = [copy.deepcopy(BOOK), copy.deepcopy(BOOK)] if many else BOOK
    log: set[str] = set()
    with project.imported("schemas") as module:
        schema = eval(f"BookSchema({arguments})", vars(module))
        schema.dump(recorded(value, log), many=many)
        return log, reads_of(dumped(f"BookSchema({arguments})", many, project), value)


@pytest.mark.parametrize("body, arguments, paths", ROWS)
def test_the_function_reads_what_marshmallow_reads(
    body: str, arguments: str, paths: str, tmp_path: Path
) -> None:
    project = Written(tmp_path, models=MODELS, schemas=f"{BASICS.lstrip()}    {body}\n")
    real, ours = both(project, arguments, many=True)
    assert real == ours == set(paths.split())


AUTO = [
    ("model = models.Book", "", "id title"),
    ("model = models.Book\n        include_fk = True", "", "id title author_id"),
    (
        "model = models.Book\n        include_relationships = True",
        "",
        "id title author author.id pages pages.id",
    ),
    (
        "model = models.Book\n        include_relationships = True\n        exclude = ('pages',)",
        "",
        "id title author author.id",
    ),
    (
        "model = models.Book\n        include_relationships = True\n        fields = ('pages', 'id')",
        "",
        "id pages pages.id",
    ),
    (
        "model = models.Book\n        include_relationships = True",
        "only=('author',)",
        "author author.id",
    ),
    (
        "model = models.Book\n    author = fields.Nested(AuthorAuto)",
        "only=('author',)",
        "author author.id author.name author.city author.city.id",
    ),
    ("model = models.Book\n    author = auto_field()", "only=('author',)", "author author.id"),
    ("model = models.Book\n    pages = auto_field()", "only=('pages',)", "pages pages.id"),
    ("model = models.Book\n    by = auto_field('author')", "only=('by',)", "author author.id"),
    (
        "model = models.Book\n    author = Related(['name'])",
        "only=('author',)",
        "author author.name",
    ),
    (
        "model = models.Book\n    pages = RelatedList(Related(attribute='pages'), attribute='pages')",
        "only=('pages',)",
        "pages pages.id",
    ),
]


@pytest.mark.parametrize("meta, arguments, paths", AUTO)
@pytest.mark.parametrize("inherited", [False, True])
def test_auto_schemas(
    meta: str, arguments: str, paths: str, inherited: bool, tmp_path: Path
) -> None:
    head = BASICS.partition("class BookSchema")[0].lstrip()
    name = "BaseSchema" if inherited else "BookSchema"
    text = f"{head}class {name}(SQLAlchemyAutoSchema):\n    class Meta:\n        {meta}\n"
    if inherited:
        text += (
            "\n\nclass BookSchema(BaseSchema):\n    class Meta(BaseSchema.Meta):\n        x = 1\n"
        )
    project = Written(tmp_path, models=MODELS, schemas=text)
    real, ours = both(project, arguments, many=True)
    assert real == ours == set(paths.split())


def test_one_row_and_many_rows(tmp_path: Path) -> None:
    body = "    author = fields.Nested(AuthorSchema, only=('name',))\n"
    project = Written(tmp_path, models=MODELS, schemas=BASICS + body)
    real, ours = both(project, "", many=False)
    assert real == ours == {"author", "author.name"}
    assert [a.arg for a in dumped("BookSchema()", False, project).function.args.args] == ["row"]
    assert [a.arg for a in dumped("BookSchema()", True, project).function.args.args] == ["rows"]


def test_a_field_set_to_none_below_is_still_read(tmp_path: Path) -> None:
    text = BASICS.replace("class BookSchema(", "class BaseSchema(")
    text += "    author = fields.Raw()\n\n\nclass BookSchema(BaseSchema):\n    author = None\n"
    project = Written(tmp_path, models=MODELS, schemas=text)
    real, ours = both(project, "", many=True)
    assert real == ours == {"author"}


def test_a_field_of_the_projects_own(tmp_path: Path) -> None:
    text = BASICS.replace(
        "class BookSchema(",
        "class Named(fields.Field):\n"
        "    def _serialize(self, value, attr, obj, **kwargs):\n"
        "        return value.name\n\n\n"
        "class BookSchema(",
    )
    project = Written(tmp_path, models=MODELS, schemas=f"{text}    author = Named()\n")
    real, ours = both(project, "", many=True)
    assert real == ours == {"author", "author.name"}


def test_a_schema_inside_of_itself_ends(tmp_path: Path) -> None:
    """One level of it is read; the library goes on as long as there are rows."""
    body = (
        "    title = fields.Str()\n    pages = fields.List(fields.Nested(lambda: BookSchema()))\n"
    )
    project = Written(tmp_path, models=MODELS, schemas=BASICS + body)
    value = [{"title": "t", "pages": [{"title": "u", "pages": []}]}]
    assert reads_of(dumped("BookSchema()", True, project), value) == {"title", "pages"}


def test_every_read_has_the_place_of_its_field(tmp_path: Path) -> None:
    body = (
        "    author = fields.Nested(AuthorSchema)\n    who = fields.Function(lambda b: b.pages)\n"
    )
    project = Written(tmp_path, models=MODELS, schemas=BASICS + body)
    renderer = dumped("BookSchema()", True, project)
    told = {}
    for node in ast.walk(renderer.function):
        if isinstance(node, ast.Attribute):
            place = renderer.place(node)
            assert place is not None
            told[node.attr] = project.sources[place.path].slice(place.span)
    assert told == {
        "author": "author = fields.Nested(AuthorSchema)",
        "name": "name = fields.Str()",
        "city": "city = fields.Nested(CitySchema)",
        "pages": "b.pages",
    }


CUTS = [
    "BookSchema(only=chosen())",
    "BookSchema(exclude=request.fields)",
    "BookSchema(**options)",
]


@pytest.mark.parametrize("call", CUTS)
def test_a_computed_cut_makes_every_read_conditional(call: str, tmp_path: Path) -> None:
    project = Written(tmp_path, models=MODELS, schemas=BASICS + "    author = fields.Raw()\n")
    (loop,) = dumped(call, True, project).function.body
    assert isinstance(loop, ast.For)
    assert [type(statement) for statement in loop.body] == [ast.If]


SILENT = [
    "    def get_attribute(self, obj, attr, default): return None\n",
    "    def dump(self, obj, many=None): return {}\n",
    "    def __init__(self, **kw):\n        super().__init__(exclude=('author',), **kw)\n",
    "    def on_bind_field(self, name, field):\n        field.load_only = True\n",
]


@pytest.mark.parametrize("method", SILENT)
def test_a_class_that_decides_by_itself_has_no_renderer(method: str, tmp_path: Path) -> None:
    text = f"{BASICS}    author = fields.Raw()\n{method}"
    project = Written(tmp_path, models=MODELS, schemas=text)
    schemas = Schemas(project.known)
    call = annotation("BookSchema()")
    assert isinstance(call, Call)
    schema = schemas.fields.made(call, project.index.modules[project.name("schemas")])
    assert schema is not None
    assert schemas.renderer(schema, True) is None


HARMLESS = [
    "    def __init__(self, *args, **kw):\n        self.user = kw.pop('user', None)\n"
    "        super().__init__(*args, **kw)\n",
    "    def on_bind_field(self, name, field):\n        field.data_key = name.upper()\n",
]


@pytest.mark.parametrize("method", HARMLESS)
def test_a_method_that_only_names_things_changes_nothing(method: str, tmp_path: Path) -> None:
    text = f"{BASICS}    author = fields.Raw()\n{method}"
    project = Written(tmp_path, models=MODELS, schemas=text)
    real, ours = both(project, "", many=True)
    assert real == ours == {"author"}


def test_schemas_of_flask_marshmallow(tmp_path: Path) -> None:
    """Names of the extension object stand for those of the libraries."""
    text = """
    from flask_marshmallow import Marshmallow

    from app import models

    ma = Marshmallow()


    class AuthorSchema(ma.Schema):
        name = ma.Str()


    class BookSchema(ma.SQLAlchemyAutoSchema):
        class Meta:
            model = models.Book

        author = ma.Nested(AuthorSchema)
    """
    project = Written(tmp_path, models=MODELS, schemas=text)
    renderer = dumped("BookSchema()", True, project)
    assert reads_of(renderer, [copy.deepcopy(BOOK)]) == {"id", "title", "author", "author.name"}
