"""The rows stay in the session, where who called may find them without the other columns."""

from sqlalchemy import Column, Integer, String, Text
from sqlalchemy.orm import declarative_base, reconstructor

Base = declarative_base()


class Article(Base):
    __tablename__ = "articles"

    id = Column(Integer, primary_key=True)
    title = Column(String(200))
    body = Column(Text)
    language = Column(String(2))


class Listened(Base):
    __tablename__ = "listened"

    id = Column(Integer, primary_key=True)
    title = Column(String(200))
    body = Column(Text)
    language = Column(String(2))

    @reconstructor
    def loaded(self):
        self.words = len(self.body.split())


def titles(session):
    return [a.title for a in session.query(Article)]  # review: load-only (not-read-later)


def titles_of_listened(session):
    return [a.title for a in session.query(Listened)]  # found: load-only (loading-unheard)
