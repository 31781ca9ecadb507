"""Columns that queries join or compare as another table's key."""

from sqlalchemy import Column, Integer, String, and_, select
from sqlalchemy.orm import aliased, declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))


class Message(Base):
    __tablename__ = "messages"

    id = Column(Integer, primary_key=True)
    author = Column(Integer)  # found: missing-foreign-key
    answer_to = Column(Integer)  # found: missing-foreign-key
    reader = Column("reader_no", Integer)  # found: missing-foreign-key
    editor = Column(Integer)
    checker = Column(Integer)  # found: missing-foreign-key


def with_authors(session):
    return session.query(Message, User).filter(Message.author == User.id).all()


def read_by(session, name):
    query = select(Message).join(User, and_(User.id == Message.reader, User.name == name))
    return session.scalars(query).all()


def answers(session):
    first = aliased(Message)
    return session.query(Message).join(first, Message.answer_to == first.id).all()


def edited_by(session, user):
    return session.query(Message).filter(Message.editor == user.id).all()


def checked_by(session):
    found = []
    for message in session.query(Message):
        found += session.query(User.name).filter(User.id == message.checker).all()
    return found
