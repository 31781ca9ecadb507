"""No option of the query loads the comments, to which one for their text could be added."""

from sqlalchemy import Column, ForeignKey, Integer, String, Text
from sqlalchemy.orm import declarative_base, deferred, relationship

Base = declarative_base()


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    title = Column(String(50), nullable=False)

    comments = relationship("Comment", order_by="Comment.id")


class Comment(Base):
    __tablename__ = "comments"

    id = Column(Integer, primary_key=True)
    post_id = Column(ForeignKey("posts.id"), nullable=False)
    text = deferred(Column(Text))


def texts(session):
    found = []
    for post in session.query(Post).order_by(Post.id):
        for comment in post.comments:
            found.append(comment.text)  # found: load-deferred (query-in-this-function)
    return found
