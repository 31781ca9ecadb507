"""What is worth a word in tests: what a longer list of rows makes slower, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from codemods import check
from codemods.finding import Precondition, Status
from codemods.union import in_order

MODELS = """
from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Book(Base):
    __tablename__ = "book"
    id = Column(Integer, primary_key=True)
    pages = Column(Integer)
    shelf_id = Column(Integer, unique=True)
"""
COUNTS = """
from app.models import Book


def test_numbers(session):
    assert session.query(Book).filter(Book.pages > 100).count() == 3
    assert session.query(Book).filter(Book.pages < 10).count() == 2


def test_books(session):
    for shelf in (4, 9, 12, 15, 21, 34):
        assert session.query(Book).filter(Book.shelf_id == shelf).one().pages > 3


def test_shelves(session, shelves):
    for shelf in shelves:
        assert session.query(Book).filter(Book.shelf_id == shelf).one().pages > 3
"""


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("app/numbers.py", ["merge-counts", "hoist-lookup", "hoist-lookup"]),
        ("tests/test_numbers.py", ["hoist-lookup"]),
    ],
)
def test_constant_costs_of_tests_are_not_told(tmp_path: Path, name: str, found: list[str]) -> None:
    (tmp_path / "pyproject.toml").touch()
    for path, text in (("app/models.py", MODELS), (name, COUNTS)):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    assert [finding.name for finding in check([tmp_path / name]).problems] == found


def test_a_project_in_a_folder_of_tests_is_one_like_others(tmp_path: Path) -> None:
    found = []
    for root in (tmp_path / "project", tmp_path / "tests/project"):
        (root / "app").mkdir(parents=True)
        (root / "pyproject.toml").touch()
        (root / "app/models.py").write_text(MODELS)
        (root / "app/numbers.py").write_text(COUNTS)
        found.append([finding.name for finding in check([root]).problems])
    assert found[0] == found[1] == ["merge-counts", "hoist-lookup", "hoist-lookup"]


def test_listeners_of_tests_are_theirs(tmp_path: Path) -> None:
    listener = """
from sqlalchemy import event


def test_loads(session):
    event.listen(session, "loaded_as_persistent", print)
"""
    files = {"app/models.py": MODELS, "app/numbers.py": COUNTS, "pyproject.toml": ""}
    told = []
    for name in ("tests/test_loads.py", "app/loads.py"):
        root = tmp_path / name.replace("/", "_")
        for path, text in {**files, name: listener}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        report = check([root / "app/numbers.py"])
        told.append({each.reason for f in report.problems for each in f.preconditions})
    reason = "a listener for loaded_as_persistent runs whenever a row is loaded"
    assert [reason in reasons for reasons in told] == [False, True]


SHELVES = """
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Maker(Base):
    __tablename__ = "maker"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class Book(Base):
    __tablename__ = "book"
    id = Column(Integer, primary_key=True)
    shelf_id = Column(ForeignKey("shelf.id"))
    maker_id = Column(ForeignKey("maker.id"))
    maker = relationship(Maker)


class Shelf(Base):
    __tablename__ = "shelf"
    id = Column(Integer, primary_key=True)
    books = relationship(Book)

    def makers(self):
        return [book.maker.name for book in self.books]
"""
OF_SHELVES = """
from app.models import Shelf


def test_first(session):
    assert session.query(Shelf).first().makers() == []


def test_second(session):
    assert session.query(Shelf).filter(Shelf.id == 2).one().makers() == ["a"]
"""
USED = """
from app.models import Shelf


def all_makers(session):
    return [shelf.makers() for shelf in session.query(Shelf)]
"""


@pytest.mark.parametrize(
    ("used", "functions"), [(USED, {"all_makers"}), ("", {"test_first"})], ids=["used", "unused"]
)
def test_what_many_tests_bring_about_in_the_code_is_told_once(
    tmp_path: Path, used: str, functions: set[str]
) -> None:
    (tmp_path / "pyproject.toml").touch()
    files = {"app/models.py": SHELVES, "app/use.py": used, "tests/test_shelves.py": OF_SHELVES}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    found = [f for f in check([tmp_path]).problems if "Book.maker " in f.message]
    assert len(found) == 1
    assert {finding.function for finding in found} == functions


def test_what_a_class_inherits_and_a_test_brings_about_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    files = {"app/models.py": SHELVES, "app/use.py": "", "tests/test_shelves.py": OF_SHELVES}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    [found] = [f for f in check([tmp_path]).problems if "Book.maker " in f.message]
    assert found.tested
    one = Precondition("one-class", Status.UNKNOWN, "a class below says which rows these are")
    inherited = replace(found, tested=False, fix=None, preconditions=(one,))
    assert list(in_order([found, inherited])) == [found]
