"""One post is read, or the column is loaded, or may not be loaded later."""

from sqlalchemy import Column, ForeignKey, Integer, String, Text
from sqlalchemy.orm import declarative_base, deferred, load_only, relationship, undefer


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


def first(session):
    post = session.query(Post).order_by(Post.id).first()
    return post.body


def undeferred(session):
    return [post.body for post in session.query(Post).options(undefer(Post.body)).all()]


def listed(session):
    return [post.body for post in session.query(Post).options(load_only(Post.body)).all()]


def all_of_them(session):
    return [post.body for post in session.query(Post).options(undefer("*")).all()]


def forbidden(session):
    query = session.query(Post).options(load_only(Post.title, raiseload=True))
    return [post.draft for post in query.all()]


def keys(session):
    return [post.id for post in session.query(Post).options(load_only(Post.title)).all()]


def written(session):
    for post in session.query(Post).all():
        post.body = "nothing"
        print(post.body)
