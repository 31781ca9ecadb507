"""Rows of which most is read, that are few or small, or of which it is not seen what is read."""

from shown import show
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Text
from sqlalchemy.orm import aliased, declarative_base, defer, deferred, joinedload, relationship

Base = declarative_base()


class Author(Base):
    __tablename__ = "authors"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))


class Article(Base):
    __tablename__ = "articles"

    id = Column(Integer, primary_key=True)
    title = Column(String(200))
    body = Column(Text)
    language = Column(String(2))
    published_at = Column(DateTime)
    author_id = Column(ForeignKey("authors.id"))
    editor_id = Column(Integer)

    author = relationship("Author")
    editor = relationship(
        "Author", primaryjoin="foreign(Article.editor_id) == Author.id", viewonly=True
    )

    @property
    def summary(self):
        return f"{self.title} ({self.language}, {self.published_at}): {self.body[:50]}"


class Small(Base):
    __tablename__ = "smalls"

    id = Column(Integer, primary_key=True)
    one = Column(String(20))
    two = Column(String(20))
    three = Column(String(20))
    four = deferred(Column(Text))


class Page(Base):
    __tablename__ = "pages"

    id = Column(Integer, primary_key=True)
    kind = Column(String(20))
    title = Column(String(200))
    body = Column(Text)
    language = Column(String(2))

    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "page"}


class Front(Page):
    __mapper_args__ = {"polymorphic_identity": "front"}


class Draft(Base):
    __tablename__ = "drafts"

    id = Column(Integer, primary_key=True)
    title = Column(String(200))
    body = Column(Text)
    language = Column(String(2))
    version = Column(Integer, nullable=False)

    __mapper_args__ = {"version_id_col": version}


def most(session):
    return [(a.title, a.language, a.published_at, a.author_id) for a in session.query(Article)]


def in_a_property(session):
    return [article.summary for article in session.query(Article)]


def escaping(session):
    return [show(article) for article in session.query(Article)]


def one(session):
    return session.query(Article).first().title


def small(session):
    return [small.one for small in session.query(Small)]


def said(session):
    return [article.title for article in session.query(Article).options(defer(Article.body))]


def told_apart(session):
    return [article.title for article in session.query(Article).distinct()]


def by_another_name(session):
    other = aliased(Article)
    return [article.title for article in session.query(other)]


def unclear(session, deep):
    options = [joinedload(Article.author)] if deep else []
    return [article.title for article in session.query(Article).options(*options)]


def joined_by_hand(session):
    return [article.editor.name for article in session.query(Article)]


def of_several_classes(session):
    return [page.title for page in session.query(Page)]


def versions(session):
    for draft in session.query(Draft):
        draft.title = draft.title.strip()


def keys(session):
    return [article.id for article in session.query(Article)]


def expired(session):
    articles = session.query(Article).all()
    session.commit()
    return [article.title for article in articles]


def loaded(session):
    return session.query(Article).all()


def read_after_a_commit(session):
    articles = loaded(session)
    session.commit()
    return [article.title for article in articles]


def an_option_of_the_caller(session, option):
    return [article.title for article in session.query(Article).options(option)]


def whole_for_some(session, short):
    query = session.query(Article)
    if short:
        query = query.options(defer(Article.body))
    return [article.title for article in query]
