"""What a query finds may count as false: a flag, a number, or a row whose class has a length."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, select
from sqlalchemy.orm import declarative_base

Base = declarative_base()


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Shelf(Base):
    __tablename__ = "shelves"
    id = Column(Integer, primary_key=True)
    length = Column(Integer, nullable=False, default=0)
    open = Column(Boolean, nullable=False, default=False)

    def __len__(self):
        return self.length


class Book(Base):
    __tablename__ = "books"
    id = Column(Integer, primary_key=True)
    shelf_id = Column(ForeignKey("shelves.id"))


def within_reach(session):
    books = session.scalars(select(Book).order_by(Book.id)).all()
    opens = {}
    for ids in _chunks(book.shelf_id for book in books if book.shelf_id is not None):
        for shelf in session.execute(select(Shelf.open, Shelf.id).where(Shelf.id.in_(ids))):
            opens[shelf.id] = shelf.open
    return [book.id for book in books if opens.get(book.shelf_id)]


def misplaced(session):
    found = []
    books = session.query(Book).order_by(Book.id).all()
    lengths = {}
    for ids in _chunks(book.shelf_id for book in books if book.shelf_id is not None):
        for shelf in session.query(Shelf.length, Shelf.id).filter(Shelf.id.in_(ids)):
            lengths[shelf.id] = shelf.length
    for book in books:
        if not lengths.get(book.shelf_id):
            found.append(book.id)
    return found


def shelved(session):
    found = []
    books = session.query(Book).order_by(Book.id).all()
    shelves = {}
    for ids in _chunks(book.shelf_id for book in books if book.shelf_id is not None):
        for shelf in session.query(Shelf).filter(Shelf.id.in_(ids)):
            shelves[shelf.id] = shelf
    for book in books:
        if shelves.get(book.shelf_id):
            found.append(book.id)
    return found


class Shelves:
    def __init__(self, session):
        self.session = session

    def shelf_opens_by_id(self, keys: Iterable[int | None]) -> dict[int | None, bool]:
        """Fetch what is_open() looks up for all of these keys."""
        shelf_opens: dict[int | None, bool] = {}
        for ids in _chunks(keys):
            for shelf in self.session.query(Shelf.open, Shelf.id).filter(Shelf.id.in_(ids)):
                shelf_opens[shelf.id] = shelf.open
        return shelf_opens

    def is_open(
        self, key: int | None, *, shelf_opens: dict[int | None, bool] | None = None
    ) -> bool:
        if shelf_opens is None:
            shelf_opens = self.shelf_opens_by_id([key])
        return bool(shelf_opens.get(key))


def closed(session):
    shelves = Shelves(session)
    found = []
    books = session.query(Book).order_by(Book.id).all()
    shelf_opens = shelves.shelf_opens_by_id([book.shelf_id for book in books])
    for book in books:
        if not shelves.is_open(book.shelf_id, shelf_opens=shelf_opens):
            found.append(book.id)
    return found
