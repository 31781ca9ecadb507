"""Objects that are made of their fields, in a project whose session everybody can reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods import check

MODELS = """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.orm import scoped_session, sessionmaker

Session = scoped_session(sessionmaker())


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    author: Mapped[Author] = relationship()
"""
KINDS = """
import enum
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal, Optional, TypeAlias

import some_package
from pydantic import (
    AfterValidator, BaseModel, Field, field_serializer, field_validator, model_validator,
)

from app.models import Book, Session


def clean(value):
    return value + 1


def forget(value):
    Session.expire_all()
    return value


def write():
    Session.query(Book).delete()
    return 1


Cleaned = Annotated[int, AfterValidator(clean)]
Forgetting: TypeAlias = Annotated[int, AfterValidator(forget)]


class Colour(enum.Enum):
    RED = 1


class Plain(BaseModel):
    n: int = 1
    colour: Optional[Colour] = None
    kind: Literal["a", "b"] = "a"


class Checked(BaseModel):
    n: Cleaned
    at: datetime = Field(default_factory=lambda: datetime.now())
    name: str = Field(default_factory=lambda: str(uuid.uuid4()))

    @field_validator("name")
    @classmethod
    def strip(cls, value):
        return value.strip()


class Outer(BaseModel):
    plain: Plain
    checked: list[Checked] = []
    names: "dict[str, Plain]" = {}


class Total(BaseModel):
    n: int

    @property
    def twice(self):
        return 2 * self.n


class FromAlias(BaseModel):
    n: Forgetting = 1


class Before(BaseModel):
    n: int = 1

    @model_validator(mode="before")
    @classmethod
    def look(cls, value):
        Session.expire_all()
        return value


class After(BaseModel):
    n: int = 1

    def model_post_init(self, context):
        Session.expire_all()


class Above(After):
    m: int = 1


class Inside(BaseModel):
    befores: "list[Before]" = []


class Asking(BaseModel):
    n: int = 1

    @field_validator("n")
    @classmethod
    def ask(cls, value):
        some_package.ask(value)
        return value


class InPlace(BaseModel):
    n: int = 1

    @model_validator(mode="before")
    @classmethod
    def upper(cls, values):
        values["n"] = values["n"] + 1
        return values


class Foreign(BaseModel):
    n: some_package.Number = 1


class Wrapped(BaseModel):
    n: int = 1

    @some_package.validating
    def look(self):
        return 1


class Told(BaseModel):
    n: int = 1

    @field_serializer("n")
    def told(self, value):
        Session.expire_all()
        return value


class Own(BaseModel):
    def __init__(self, **values):
        some_package.ask(values)
        super().__init__(**values)


@dataclass
class Posted:
    n: int

    def __post_init__(self):
        self.n = self.n + 1


@dataclass
class Forgetful:
    n: int = 1

    def __post_init__(self):
        Session.expire_all()


@dataclass
class Late:
    n: int = 1

    @property
    def n_later(self):
        Session.expire_all()
        return self.n


@dataclass
class Writing:
    n: int = field(default_factory=write)
"""
USE = """
from app.kinds import *
from app.models import Book, Session


def names():
    found = []
    for book in Session.query(Book).all():
        found.append({})
        found.append(book.author.name)
    return found
"""
EXPIRED = "some rounds of the loop expire rows, after which rows are loaded anew one by one"
UNKNOWN = "{}() can reach the session, which is shared"


def _unproven(folder: Path, made: str) -> list[str]:
    (folder / "app").mkdir()
    (folder / "pyproject.toml").touch()
    for name, text in (("models", MODELS), ("kinds", KINDS), ("use", USE.format(made))):
        (folder / f"app/{name}.py").write_text(text)
    (finding,) = check([folder / "app/use.py"]).problems
    return [each.reason for each in finding.preconditions if each.status != "proven"]


@pytest.mark.parametrize(
    "made",
    [
        "Plain(n=1)",
        "Plain(n=book.id, colour=Colour.RED).n",
        "Plain.model_validate({'n': book.id})",
        "Plain().model_dump()",
        "Checked(n=1, name='a')",
        "Outer(plain=Plain())",
        "Total(n=book.id).twice",
        "Posted(book.id)",
    ],
)
def test_what_only_makes_a_value_is_known(tmp_path: Path, made: str) -> None:
    assert _unproven(tmp_path, made) == []


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ("FromAlias()", EXPIRED),
        ("Before()", EXPIRED),
        ("Before.model_validate({})", EXPIRED),
        ("After()", EXPIRED),
        ("Above()", EXPIRED),
        ("Inside()", EXPIRED),
        ("Asking()", UNKNOWN.format("some_package.ask")),
        ("InPlace.model_validate({'n': 1})", UNKNOWN.format("InPlace.model_validate")),
        ("Foreign()", UNKNOWN.format("Foreign")),
        ("Wrapped()", UNKNOWN.format("Wrapped")),
        ("Told().model_dump()", UNKNOWN.format("Told")),
        ("Late().n_later", "the code expires rows, which are then loaded again one by one"),
        ("Plain(book)", "Plain() may be handed a row or the session, and change it"),
        ("Forgetful()", EXPIRED),
        ("Writing()", "a bulk statement writes the rows that are read"),
    ],
)
def test_what_runs_meanwhile_is_seen(tmp_path: Path, made: str, reason: str) -> None:
    assert reason in _unproven(tmp_path, made)


def test_a_constructor_of_its_own_is_not_taken_for_known(tmp_path: Path) -> None:
    assert _unproven(tmp_path, "Own(n=1)")
