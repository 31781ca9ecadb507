"""Example: a list that shows titles loads the whole text of each article."""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Text
from sqlalchemy.orm import declarative_base, load_only, relationship, selectinload

Base = declarative_base()


class Author(Base):
    __tablename__ = "authors"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


class Article(Base):
    __tablename__ = "articles"

    id = Column(Integer, primary_key=True)
    slug = Column(String(80), nullable=False)
    title = Column(String(200), nullable=False)
    body = Column(Text, nullable=False)
    notes = Column(Text)
    language = Column(String(2))
    draft = Column(Boolean, nullable=False, default=False)
    published_at = Column(DateTime)
    author_id = Column(ForeignKey("authors.id"))

    author = relationship("Author")

    @property
    def url(self):
        return "/articles/" + self.slug


def titles(session):
    articles = (
        session.query(Article)
        .options(load_only(Article.slug, Article.title))
        .filter(Article.draft.is_(False))
        .order_by(Article.id)
        .all()
    )
    return [(article.url, article.title) for article in articles]


def by_author(session):
    found = {}
    query = (
        session.query(Article)
        .options(selectinload(Article.author), load_only(Article.title, Article.author_id))
        .order_by(Article.id)
    )
    for article in query:
        name = article.author.name if article.author else None
        found.setdefault(name, []).append(article.title)
    return found
