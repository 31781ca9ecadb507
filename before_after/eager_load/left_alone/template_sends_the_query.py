"""The template goes over a dynamic relationship: its query is sent there, where no option can be."""

from jinja2 import DictLoader, Environment
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Author(Base):
    __tablename__ = "authors"
    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    title = Column(String(50), nullable=False)
    comments = relationship("Comment", lazy="dynamic", order_by="Comment.id")


class Comment(Base):
    __tablename__ = "comments"
    id = Column(Integer, primary_key=True)
    post_id = Column(ForeignKey("posts.id"), nullable=False)
    author_id = Column(ForeignKey("authors.id"), nullable=False)
    author = relationship("Author")


PAGE = """
{% for comment in post.comments %}
  {{ comment.author.name }} # found: eager-load (query-takes-options)
{% endfor %}
"""
env = Environment(loader=DictLoader({"page.html": PAGE}))


def context_of(title):
    return {"title": title, "lang": "en"}


def page(session, title):
    context = context_of(title)
    context["post"] = session.query(Post).filter(Post.title == title).one()
    return env.get_template("page.html").render(context)
