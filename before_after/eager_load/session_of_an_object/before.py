"""The session is asked for where an object knows it, in a method of all models."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship


class Base:
    id = Column(Integer, primary_key=True)

    def its_session(self):
        return Session.object_session(self)


Base = declarative_base(cls=Base)


class Repository(Base):
    __tablename__ = "repositories"

    name = Column(String(50), nullable=False)


class Author(Base):
    __tablename__ = "authors"

    name = Column(String(50), nullable=False)


class Commit(Base):
    __tablename__ = "commits"

    repository_id = Column(ForeignKey("repositories.id"), nullable=False)
    author_id = Column(ForeignKey("authors.id"), nullable=False)
    author = relationship(Author)


def authors_of(repository: Repository):
    session = repository.its_session()
    commits = session.query(Commit).filter_by(repository_id=repository.id).order_by(Commit.id)
    return [commit.author.name for commit in commits]
