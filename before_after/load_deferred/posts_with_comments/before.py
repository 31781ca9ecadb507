"""A query selects posts with comments, and the texts of the comments come one by one."""

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


def texts(session):
    pairs = session.query(Post, Comment).join(Post.comments).order_by(Comment.id).all()
    return [(post.title, comment.text) for post, comment in pairs]
