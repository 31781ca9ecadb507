"""What one call reads of the rows of a query: one story in a text, apart in JSON."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from codemods import check
from codemods.together import together

MODELS = """
    from sqlalchemy import ForeignKey
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]


    class Shelf(Base):
        __tablename__ = "shelf"
        id: Mapped[int] = mapped_column(primary_key=True)
        room: Mapped[str]


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
        shelf_id: Mapped[int] = mapped_column(ForeignKey("shelf.id"))
        editor_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
        author: Mapped[Author] = relationship(foreign_keys=author_id)
        editor: Mapped[Author] = relationship(foreign_keys=editor_id)
        shelf: Mapped[Shelf] = relationship()
    """
OUT = """
    class BookOut:
        def __init__(self, author, editor, room):
            self.author, self.editor, self.room = author, editor, room

        @classmethod
        def of(cls, book):
            return cls(book.author.name, book.editor.name, book.shelf.room)
    """
BOOKS = """
    from sqlalchemy import select

    from app.models import Book
    from app.out import BookOut


    def books(session):
        return [BookOut.of(book) for book in session.scalars(select(Book)).all()]
    """
THERE = """
    from sqlalchemy import select

    from app.models import Book


    def lines(session):
        found = []
        for book in session.scalars(select(Book)):
            found.append(book.author.name)
            found.append(book.shelf.room)
        return found
    """


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "pyproject.toml").write_text("")
    for name, text in (("models", MODELS), ("out", OUT), ("books", BOOKS), ("there", THERE)):
        (tmp_path / "app" / f"{name}.py").write_text(textwrap.dedent(text).lstrip())
    return tmp_path


def test_what_a_function_reads_for_others_is_told_where_it_is_called(project: Path) -> None:
    report = check([project / "app/books.py"])
    assert [finding.place.path.name for finding in report.problems] == ["out.py"] * 3
    (told,) = together(report.findings)
    assert told.place.path.name == "books.py"
    assert told.message == (
        "3 relationships are loaded with a query for each row: author, editor, shelf"
    )
    assert told.fix is not None
    assert told.fix.applicability == "safe"
    assert told.cost is not None
    assert str(told.cost.after and told.cost.after.statements).count("⌈") == 3


def test_what_the_loop_reads_itself_is_told_line_by_line(project: Path) -> None:
    report = check([project / "app/there.py"])
    assert [f.message for f in together(report.findings)] == [f.message for f in report.problems]
    assert len(report.problems) == 2


def test_a_long_sum_is_cut(project: Path) -> None:
    names = [f"editor_{n}" for n in range(12)]
    columns = "".join(
        f"    {name}_id: Mapped[int] = mapped_column(ForeignKey('author.id'))\n"
        f"    {name}: Mapped[Author] = relationship(foreign_keys={name}_id)\n"
        for name in names
    )
    models = project / "app/models.py"
    models.write_text(models.read_text() + columns)
    out = project / "app/out.py"
    reads = ", ".join(f"book.{name}.name" for name in names)
    out.write_text(out.read_text().replace("book.editor.name", f"str([{reads}])"))
    shown = subprocess.run(
        [sys.executable, "-m", "codemods", "check", "app/books.py"],
        cwd=project, capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    assert "14 relationships are loaded with a query for each row: author, editor_0" in shown
    assert "editor_5, 7 more" in shown
    assert shown.count(" more terms") == 2
