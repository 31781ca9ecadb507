"""What is worth a word in tests: what a longer list of rows makes slower, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods import check

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
