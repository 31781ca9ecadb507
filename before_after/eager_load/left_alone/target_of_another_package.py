"""A class of another package is known by the name of the foreign key at most: who filters by that
has one target, and what it leads to may be loaded in ways that nobody sees."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Comment(Base):
    __tablename__ = "comments"

    id = Column(Integer, primary_key=True)
    user_id = Column(Integer, ForeignKey("users.id"))
    user = relationship("User")
    readers = relationship("User", secondary="comment_readers")


def of_one_user(session, user):
    comments = session.query(Comment).filter(Comment.user_id == user.id)
    return [comment.user.name for comment in comments]


def names(session):
    comments = session.query(Comment)
    return [comment.user.name for comment in comments]  # review: eager-load (loads-lazily)


def all_readers(session):
    comments = session.query(Comment).all()
    return [len(comment.readers) for comment in comments]  # review: eager-load (loads-lazily)
