"""The list of columns leaves one out that the loop reads."""

from sqlalchemy import Column, ForeignKey, Integer, String, Text, select
from sqlalchemy.orm import declarative_base, deferred, load_only, relationship


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


class Archive:
    def __init__(self, session):
        self.session = session

    def drafts(self):
        statement = select(Post).options(
            load_only(
                Post.title,  # for the page
            )
        )
        posts = self.session.scalars(statement.order_by(Post.id))
        return [(post.title, post.draft) for post in posts]


def drafts(session):
    return Archive(session).drafts()
