"""A base class turns every object into a dict, with whatever its mapper has."""

from sqlalchemy import Column, ForeignKey, Integer, String, inspect
from sqlalchemy.orm import declarative_base, relationship, selectinload

Base = declarative_base()


class AsDict:
    def as_dict(self, relations=False, without=()):
        return {
            name: plain(getattr(self, name))
            for name in inspect(type(self)).attrs.keys()
            if name not in without and (relations or not self.is_relation(name))
        }

    def is_relation(self, name):
        return name in inspect(type(self)).relationships


class Shelf(Base):
    __tablename__ = "shelves"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)


class Book(AsDict, Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)
    title = Column(String(20), nullable=False)
    shelf_id = Column(ForeignKey("shelves.id"))
    sequel_id = Column(ForeignKey("books.id"))

    shelf = relationship(Shelf)
    sequel = relationship("Book", remote_side=[id])


def plain(value):
    return value.id if isinstance(value, Base) else value


def catalogue(session):
    books = session.query(Book).options(selectinload(Book.shelf)).order_by(Book.id).all()
    return [book.as_dict(relations=True, without=("sequel",)) for book in books]


def titles(session):
    return [book.as_dict() for book in session.query(Book).order_by(Book.id)]
