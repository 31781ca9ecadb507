"""A property of the model reads the relationship; the loop only reads the property."""

from library import Author, Base, Book

__all__ = ["Author", "Base", "Book", "shelf"]


def shelf(session):
    books = session.query(Book).order_by(Book.title.desc())
    return [(book.title, book.byline) for book in books.limit(200)]
