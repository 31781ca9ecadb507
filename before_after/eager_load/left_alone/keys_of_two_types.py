"""The key goes through a type of its own, and the foreign key does not: an option finds nothing."""

from sqlalchemy import Column, ForeignKey, Integer, String, TypeDecorator
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Number(TypeDecorator):
    impl = Integer
    cache_ok = True

    def process_result_value(self, value, dialect):
        return None if value is None else f"N{value}"

    def process_bind_param(self, value, dialect):
        return None if value is None else int(str(value).removeprefix("N"))


class Shelf(Base):
    __tablename__ = "shelves"
    id = Column(Number, primary_key=True)
    name = Column(String)
    books = relationship("Book", order_by="Book.id", back_populates="shelf")


class Book(Base):
    __tablename__ = "books"
    id = Column(Integer, primary_key=True)
    shelf_id = Column(Integer, ForeignKey("shelves.id"), nullable=False)
    shelf = relationship(Shelf, back_populates="books")


def shelves(session):
    return [book.shelf.name for book in session.query(Book).order_by(Book.id)]  # review: eager-load (keys-alike)


def books(session):
    found = session.query(Shelf).order_by(Shelf.name).all()
    return [len(shelf.books) for shelf in found]  # review: eager-load (keys-alike)
