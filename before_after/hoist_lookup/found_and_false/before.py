"""What a query finds may count as false: a flag, a number, or a row whose class has a length."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, select
from sqlalchemy.orm import declarative_base

Base = declarative_base()


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
    return [
        book.id
        for book in session.scalars(select(Book).order_by(Book.id)).all()
        if session.scalar(select(Shelf.open).where(Shelf.id == book.shelf_id))
    ]


def misplaced(session):
    found = []
    for book in session.query(Book).order_by(Book.id).all():
        if not session.query(Shelf.length).filter(Shelf.id == book.shelf_id).scalar():
            found.append(book.id)
    return found


def shelved(session):
    found = []
    for book in session.query(Book).order_by(Book.id).all():
        if session.query(Shelf).filter(Shelf.id == book.shelf_id).first():
            found.append(book.id)
    return found


class Shelves:
    def __init__(self, session):
        self.session = session

    def is_open(self, key: int | None) -> bool:
        return bool(self.session.query(Shelf.open).filter(Shelf.id == key).scalar())


def closed(session):
    shelves = Shelves(session)
    found = []
    for book in session.query(Book).order_by(Book.id).all():
        if not shelves.is_open(book.shelf_id):
            found.append(book.id)
    return found
