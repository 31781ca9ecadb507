"""A second part of the key may be NULL, which equals nothing in a row value."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Shelf(Base):
    __tablename__ = "shelves"

    id = Column(Integer, primary_key=True)
    size = Column(Integer)

    books = relationship("Book", lazy="dynamic")


class Book(Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)
    shelf_id = Column(ForeignKey("shelves.id"))
    size = Column(Integer)


def fitting(session):
    result = []
    for shelf in session.query(Shelf).all():
        result.append(shelf.books.filter_by(size=shelf.size).count())  # found: dynamic-in-loop (null-keys)
    return result
