"""The body is read for each word that is searched for, and there may be none."""

from sqlalchemy import Column, ForeignKey, Integer, String, Text
from sqlalchemy.orm import declarative_base, deferred, relationship


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


def found(session, words: list[str]):
    result = []
    for post in session.query(Post).all():
        for word in words:
            result.append((post.title, word in post.body))  # review: load-deferred (read-every-time)
    return result
