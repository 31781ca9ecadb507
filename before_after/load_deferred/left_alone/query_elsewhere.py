"""The query is sent by a function that others call too, or takes no more columns as it is."""

from sqlalchemy import Column, ForeignKey, Integer, String, Text
from sqlalchemy.orm import declarative_base, defer, deferred, load_only, relationship

Base = declarative_base()


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    title = Column(String(50), nullable=False)
    draft = Column(String(50))
    body = deferred(Column(Text))

    comments = relationship("Comment", order_by="Comment.id")


class Comment(Base):
    __tablename__ = "comments"

    id = Column(Integer, primary_key=True)
    post_id = Column(ForeignKey("posts.id"), nullable=False)
    text = deferred(Column(Text))
    stars = Column(Integer)


def all_posts(session):
    return session.query(Post).order_by(Post.id).all()


def bodies(session):
    return [post.body for post in all_posts(session)]  # found: load-deferred (query-in-this-function)


def different_bodies(session):
    posts = session.query(Post).distinct()
    return [post.body for post in posts]  # found: load-deferred (query-in-this-function)


def left_out_twice(session):
    posts = session.query(Post).options(load_only(Post.title), defer(Post.draft)).all()
    return [post.draft for post in posts]
