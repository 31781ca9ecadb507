"""A library's tables."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Author(Base):
    __tablename__ = "authors"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


class Book(Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)
    title = Column(String(50), nullable=False)
    author_id = Column(ForeignKey("authors.id"))
    author = relationship(Author)

    @property
    def byline(self):
        if self.author is None:
            return "anonymous"
        return "by " + self.author.name
