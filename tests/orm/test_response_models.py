"""response models: what pydantic reads, and what the function that stands for a model reads."""

from __future__ import annotations

import ast
import copy
import textwrap
from pathlib import Path
from typing import Any

import pydantic
import pytest
from recording import Keyed, Written, reads_of, recorded

from codemods.facts.symbols import annotation
from codemods.orm.renderer import Renderer
from codemods.orm.response_models import ResponseModels
from codemods.orm.shapes import Typed

MODELS = """
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class City(Base):
    __tablename__ = "city"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class Author(Base):
    __tablename__ = "author"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    city_id = Column(ForeignKey("city.id"))
    city = relationship(City)


class Page(Base):
    __tablename__ = "page"
    id = Column(Integer, primary_key=True)
    text = Column(String)
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
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Generic, Optional, TypeVar, Union

from pydantic import (
    AliasChoices, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator,
    RootModel, computed_field, field_validator, model_validator,
)


def name_of(value):
    return value.name


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CityOut(Out):
    name: str


class AuthorOut(Out):
    name: str
    city: CityOut


class AuthorName(Out):
    name: str


class Plain(BaseModel):
    name: str


class PageOut(Out):
    text: str


AuthorRef = Annotated[AuthorName, Field(description="who")]
T = TypeVar("T")


class Box(Out, Generic[T]):
    author: T


class Shelf(Box[AuthorName]):
    title: str


class BookOut(Out):
"""

BOOK: dict[str, Any] = {
    "id": 1,
    "title": "t",
    "author_id": 2,
    "author": {"id": 2, "name": "n", "city_id": 3, "city": {"id": 3, "name": "c"}},
    "pages": [{"id": 4, "text": "x"}, {"id": 5, "text": "y"}],
}
ALL = "author author.name author.city author.city.name"
NAME = "author author.name"

# The body of BookOut, and the paths that validating a book by it reads.
ROWS = [
    ("author: AuthorOut", ALL),
    ("author: 'AuthorOut'", ALL),
    ("author: Optional[AuthorName] = None", NAME),
    ("author: AuthorName | None = None", NAME),
    ("author: Union[AuthorName, None]", NAME),
    ("author: AuthorRef", NAME),
    ("author: Any", "author"),
    ("author: str | AuthorName", NAME),
    ("pages: list[PageOut]", "pages pages.text"),
    ("pages: Sequence[PageOut]", "pages pages.text"),
    ("pages: tuple[PageOut, ...]", "pages pages.text"),
    ("pages: Optional[list[PageOut]] = None", "pages pages.text"),
    ("pages: list[Any]", "pages"),
    ("writer: AuthorName = Field(alias='author')", NAME),
    ("writer: AuthorName = Field(validation_alias='author')", NAME),
    ("author: AuthorName = Field(serialization_alias='writer')", NAME),
    ("writer: Annotated[AuthorName, Field(validation_alias='author')]", NAME),
    ("who: str = Field(validation_alias=AliasPath('author', 'name'))", NAME),
    ("who: str = Field(validation_alias=AliasPath('pages', 0, 'text'))", "pages pages.text"),
    ("what: Any = Field(validation_alias=AliasChoices('title', 'author'))", "title"),
    ("what: Any = Field(validation_alias=AliasChoices('nothing', 'author'))", "author"),
    (
        "what: Any = Field(validation_alias=AliasChoices(AliasPath('author', 'name'), 'pages'))",
        NAME,
    ),
    (
        "author: AuthorName = Field(alias='writer')\n"
        "    model_config = ConfigDict(from_attributes=True, populate_by_name=True)",
        NAME,
    ),
    ("author: AuthorName = Field(exclude=True)", NAME),
    ("author: Box[CityOut]", "author author.author"),
    ("_author: int = 3\n    limit: ClassVar[int] = 3\n    title: str", "title"),
    (
        "title: str\n    @computed_field\n    def size(self) -> int: return len(self.author)",
        "title",
    ),
    (
        "title: str\n"
        "    @model_validator(mode='before')\n"
        "    @classmethod\n"
        "    def touch(cls, row):\n"
        "        row.author.name\n"
        "        return row",
        f"title {NAME}",
    ),
    (
        "pages: list[str]\n"
        "    @field_validator('pages', mode='before')\n"
        "    @classmethod\n"
        "    def texts(cls, pages, info): return [page.text for page in pages]",
        "pages pages.text",
    ),
    (
        "author: str\n"
        "    @field_validator('*', mode='plain')\n"
        "    def names(cls, author): return author.name",
        NAME,
    ),
    (
        "title: str\n"
        "    @field_validator('title')\n"
        "    @classmethod\n"
        "    def after(cls, value): return value",
        "title",
    ),
    ("author: Annotated[str, BeforeValidator(name_of)]", NAME),
    ("author: Annotated[str, BeforeValidator(lambda v: v.city.name)]", ALL.replace(NAME, "author")),
    ("author: Annotated[AuthorOut, PlainValidator(name_of)]", NAME),
]


def written(tmp_path: Path, text: str) -> Written:
    return Written(tmp_path, models=MODELS, schemas=text)


def validated(
    project: Written, text: str, from_attributes: bool = False, model: str | None = "Book"
) -> Renderer | None:
    facts = project.index.modules[project.name("schemas")]
    found = None if model is None else project.index.model(project.name(f"models.{model}"))
    return ResponseModels(project.known).renderer(
        Typed(annotation(text), facts), text, from_attributes, found
    )


def both(
    project: Written,
    text: str,
    value: Any,
    from_attributes: bool | None = None,
    model: str | None = "Book",
) -> tuple[set[str], set[str]]:
    """The paths that pydantic reads, and those of the synthetic function."""
    log: set[str] = set()
    with project.imported("schemas") as module:
        adapter = pydantic.TypeAdapter(eval(text, vars(module)))
        given = recorded(copy.deepcopy(value), log)
        adapter.validate_python(given, from_attributes=from_attributes)
        renderer = validated(project, text, bool(from_attributes), model)
        return log, set() if renderer is None else reads_of(renderer, value)


@pytest.mark.parametrize("body, paths", ROWS)
def test_the_function_reads_what_pydantic_reads(body: str, paths: str, tmp_path: Path) -> None:
    project = written(tmp_path, f"{BASICS.lstrip()}    {body}\n")
    book = copy.deepcopy(BOOK)
    if "Box[" in body:
        book["author"]["author"] = {"name": "c"}
        paths += " author.author.name"
    real, ours = both(project, "list[BookOut]", [book, book])
    assert real == ours == set(paths.split())


WHOLE = [
    ("Box[AuthorName]", BOOK, NAME),
    ("Shelf", BOOK, f"title {NAME}"),
    ("Optional[Shelf]", BOOK, f"title {NAME}"),
    ("dict[str, PageOut]", Keyed(a=BOOK["pages"][0]), "text"),
    ("RootModel[list[PageOut]]", BOOK["pages"], "text"),
    ("Annotated[list[PageOut], Field(min_length=1)]", BOOK["pages"], "text"),
    ("list[Pages]", [BOOK["pages"]], "text"),
    ("Named", BOOK["pages"], "text"),
]


@pytest.mark.parametrize("text, value, paths", WHOLE)
def test_whole_annotations(text: str, value: Any, paths: str, tmp_path: Path) -> None:
    body = """\
        pass


    class Pages(RootModel[list[PageOut]]):
        pass


    class Named(RootModel):
        root: list[PageOut]
    """
    project = written(
        tmp_path, BASICS.lstrip() + textwrap.dedent(body).replace("pass", "    pass", 1)
    )
    real, ours = both(project, text, value)
    assert real == ours == set(paths.split())


def test_a_union_of_models_is_read_once_and_its_members_perhaps(tmp_path: Path) -> None:
    project = written(tmp_path, f"{BASICS}    author: AuthorOut | AuthorName\n")
    real, ours = both(project, "BookOut", BOOK)
    assert real == ours == set(ALL.split())
    renderer = validated(project, "BookOut")
    assert renderer is not None
    kinds = [type(statement) for statement in renderer.function.body]
    assert kinds == [ast.Assign, ast.If, ast.If]


def test_a_nested_model_that_takes_no_objects_reads_nothing(tmp_path: Path) -> None:
    """It is an error, unless the caller says `from_attributes=True`, as FastAPI does."""
    project = written(tmp_path, f"{BASICS}    author: Plain\n")
    with pytest.raises(pydantic.ValidationError):
        both(project, "BookOut", BOOK)
    renderer = validated(project, "BookOut")
    assert renderer is not None
    assert reads_of(renderer, BOOK) == {"author"}
    real, ours = both(project, "BookOut", BOOK, from_attributes=True)
    assert real == ours == {"author", "author.name"}


def test_a_model_that_takes_no_objects_has_no_renderer(tmp_path: Path) -> None:
    project = written(tmp_path, f"{BASICS}    title: str\n")
    assert validated(project, "Plain") is None
    assert validated(project, "Plain", from_attributes=True) is not None
    assert validated(project, "dict[str, int]", from_attributes=True) is None


def test_models_that_lead_back_to_each_other_are_refused(tmp_path: Path) -> None:
    text = BASICS.replace(
        "class BookOut(Out):",
        "class Writer(Out):\n    books: list['BookOut']\n\n\nclass BookOut(Out):",
    )
    project = written(tmp_path, f"{text}    author: Writer\n")
    log: set[str] = set()
    book = recorded({"author": {}}, log)
    book._state[0]["author"] = author = recorded({"books": [book]}, log)
    assert author.books
    with project.imported("schemas") as module, pytest.raises(pydantic.ValidationError):
        module.BookOut.model_validate(book)
    assert validated(project, "BookOut") is None


def test_a_model_inside_of_itself_ends(tmp_path: Path) -> None:
    project = written(tmp_path, f"{BASICS}    title: str\n    pages: list['BookOut']\n")
    value = {"title": "t", "pages": [{"title": "u", "pages": []}]}
    renderer = validated(project, "BookOut")
    assert renderer is not None
    assert reads_of(renderer, value) == {"title", "pages"}


def test_aliases_without_the_rows_class_stop_at_the_first(tmp_path: Path) -> None:
    body = "    what: Any = Field(validation_alias=AliasChoices('title', 'author'))\n"
    project = written(tmp_path, BASICS + body)
    real, ours = both(project, "BookOut", BOOK, model=None)
    assert real == ours == {"title"}


def test_every_read_has_the_place_of_its_field(tmp_path: Path) -> None:
    project = written(tmp_path, f"{BASICS}    author: AuthorOut\n    pages: list[PageOut]\n")
    renderer = validated(project, "BookOut")
    assert renderer is not None
    told = {}
    for node in ast.walk(renderer.function):
        if isinstance(node, ast.Attribute):
            place = renderer.place(node)
            assert place is not None
            told[node.attr] = project.sources[place.path].slice(place.span)
    assert told == {
        "author": "author: AuthorOut",
        "name": "name: str",
        "city": "city: CityOut",
        "pages": "pages: list[PageOut]",
        "text": "text: str",
    }


OLD = """
from typing import Generic, List, Optional, TypeVar

from pydantic.v1 import BaseModel, Field, root_validator, validator
from pydantic.v1.generics import GenericModel


class Out(BaseModel):
    class Config:
        orm_mode = True


class AuthorName(Out):
    name: str


class PageOut(Out):
    text: str


T = TypeVar("T")


class Box(GenericModel, Generic[T]):
    author: T

    class Config:
        orm_mode = True


class BookOut(Out):
"""
OLD_ROWS = [
    ("author: AuthorName", NAME),
    ("author: Optional[AuthorName] = None", NAME),
    ("pages: List[PageOut]", "pages pages.text"),
    ("writer: AuthorName = Field(alias='author')", NAME),
    (
        "author: AuthorName = Field(alias='writer')\n"
        "    class Config:\n"
        "        allow_population_by_field_name = True",
        NAME,
    ),
    ("writer: AuthorName\n    class Config:\n        fields = {'writer': 'author'}", NAME),
    (
        "author: str\n"
        "    @validator('author', pre=True)\n"
        "    def names(cls, author, values): return author.name",
        NAME,
    ),
    ("title: str\n    @validator('title')\n    def after(cls, title): return title", "title"),
]


@pytest.mark.parametrize("body, paths", OLD_ROWS)
def test_pydantic_1(body: str, paths: str, tmp_path: Path) -> None:
    project = written(tmp_path, f"{OLD.lstrip()}    {body}\n")
    log: set[str] = set()
    with project.imported("schemas") as module:
        module.BookOut.from_orm(recorded(copy.deepcopy(BOOK), log))
        renderer = validated(project, "BookOut")
        assert renderer is not None
        assert log == reads_of(renderer, BOOK) == set(paths.split())


def test_pydantic_1_generics(tmp_path: Path) -> None:
    project = written(tmp_path, f"{OLD}    title: str\n")
    log: set[str] = set()
    with project.imported("schemas") as module:
        module.Box[module.AuthorName].from_orm(recorded(copy.deepcopy(BOOK), log))
        renderer = validated(project, "Box[AuthorName]")
        assert renderer is not None
        assert log == reads_of(renderer, BOOK) == set(NAME.split())


SQLMODEL = """
from typing import List, Optional

from sqlmodel import Field, Relationship, SQLModel


class TeamBase(SQLModel):
    name: str


class Squad(TeamBase, table=True):
    __tablename__ = "team_app"
    id: Optional[int] = Field(default=None, primary_key=True)
    heroes: List["Champion"] = Relationship(back_populates="team")


class HeroBase(SQLModel):
    name: str
    team_id: Optional[int] = Field(default=None, foreign_key="team_app.id")


class Champion(HeroBase, table=True):
    __tablename__ = "hero_app"
    id: Optional[int] = Field(default=None, primary_key=True)
    team: Optional[Squad] = Relationship(back_populates="heroes")


class TeamPublic(TeamBase):
    id: int


class HeroPublic(HeroBase):
    id: int


class HeroPublicWithTeam(HeroPublic):
    team: Optional[TeamPublic] = None
"""


def test_sqlmodel(tmp_path: Path) -> None:
    """A table model is taken as it is; others read what they declare."""
    project = written(tmp_path, SQLMODEL)
    hero = {"id": 1, "name": "h", "team_id": 2, "team": {"id": 2, "name": "t"}}
    columns = {"id", "name", "team_id"}
    for text, paths in [
        ("HeroPublic", columns),
        ("HeroPublicWithTeam", columns | {"team", "team.id", "team.name"}),
    ]:
        real, ours = both(project, text, hero, model=None)
        assert real == ours == paths
    assert validated(project, "list[Champion]", from_attributes=True) is None
