"""Annotated columns: one without a value, one with a name of its own, and options of the table."""

from collections.abc import Sequence
from datetime import datetime
from typing import Optional

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "authors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Optional[str]]


class Book(Base):
    __tablename__ = "books"
    __table_args__ = {"comment": "what was written"}

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    shelf: Mapped[str] = mapped_column("shelf_code", String(10))
    language: Mapped[str] = mapped_column(String(2))
    bought: Mapped[datetime]


def by_name(session: Session, name: str) -> Sequence[int]:
    return session.scalars(select(Author.id).where(Author.name == name)).all()


def on_shelf(session: Session, shelf: str, language: str) -> list[int]:
    query = select(Book).where(Book.shelf == shelf, Book.language == language)
    return [book.id for book in session.scalars(query.order_by(Book.id))]


def since(session: Session, moment: datetime) -> int:
    return len(session.scalars(select(Book.id).where(Book.bought > moment)).all())
