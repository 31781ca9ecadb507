"""Posts that have a draft are left out before the body is read."""

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


def bodies(session):
    found = []
    for post in session.query(Post).all():
        if post.draft is not None:
            continue
        found.append(post.body)  # review: load-deferred (read-every-time)
    return found
