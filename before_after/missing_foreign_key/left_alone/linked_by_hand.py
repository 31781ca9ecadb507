"""Columns that have a foreign key, that a relationship joins by itself, or that cannot have one."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()
Log = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))


class Message(Base):
    __tablename__ = "messages"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("users.id"))
    reader_no = Column(Integer)
    sent_by = Column(String(20))
    title = Column(String(50))

    reader = relationship("User", primaryjoin="foreign(Message.reader_no) == User.id")


class Archived(Base):
    __tablename__ = "archived"
    __bind_key__ = "archive"

    id = Column(Integer, primary_key=True)
    user_no = Column(Integer)


class Seen(Log):
    __tablename__ = "seen"

    id = Column(Integer, primary_key=True)
    user_no = Column(Integer)


def asked(session):
    return [
        session.query(Message).join(User, Message.author_id == User.id).all(),
        session.query(Message).join(User, Message.reader_no == User.id).all(),
        session.query(Message).join(User, Message.sent_by == User.id).all(),
        session.query(Message).join(User, Message.title == User.name).all(),
        session.query(Message).join(User, Message.id == User.id).all(),
        session.query(Archived).join(User, Archived.user_no == User.id).all(),
        session.query(Seen).join(User, Seen.user_no == User.id).all(),
    ]
