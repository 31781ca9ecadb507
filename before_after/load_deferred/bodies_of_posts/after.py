"""The words in the bodies of posts are counted, and the bodies are deferred."""

from sqlalchemy import Column, ForeignKey, Integer, String, Text
from sqlalchemy.orm import declarative_base, deferred, relationship, undefer


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


def words(session):
    posts = (
        session.query(Post)
        .options(undefer(Post.body))
        .filter(Post.title != "")
        .order_by(Post.id)
        .all()
    )
    found = {}
    for post in posts:
        body = post.body
        found[post.title] = len(body.split()) if body else 0
    return found
