"""Conditions and orders that a plain index does not serve."""

from sqlalchemy import JSON, Boolean, Column, Integer, String, Text, func, or_
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    title = Column(String(50))
    body = Column(Text)
    tags = Column(JSON)
    hidden = Column(Boolean)
    author = Column(String(20))
    rank = Column(Integer)


def asked(session, value):
    return [
        session.query(Note).filter(Note.body == value).all(),
        session.query(Note).filter(Note.tags == value).all(),
        session.query(Note).filter(Note.hidden == value).all(),
        session.query(Note).filter(Note.title != value).all(),
        session.query(Note).filter(Note.title.like("%x%")).all(),
        session.query(Note).filter(func.lower(Note.title) == value).all(),
        session.query(Note).filter(or_(Note.title == value, Note.author == value)).all(),
        session.query(Note).filter(Note.author == None).all(),  # noqa: E711
        session.query(Note).filter(Note.author.is_(None)).all(),
        session.query(Note).order_by(Note.rank).all(),
        session.query(Note.rank, func.count()).group_by(Note.rank).order_by(Note.rank).first(),
    ]
