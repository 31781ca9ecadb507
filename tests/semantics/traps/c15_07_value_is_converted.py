"""Two queries by one key in two columns; the column converts what it is compared with."""

from sqlalchemy import Column, ForeignKey, Integer, String, or_
from sqlalchemy.orm import Session, declarative_base
from sqlalchemy.types import TypeDecorator

TRAP = {
    "codemod": 15,
    "title": "id == key, parent == key in one query: Python does not find the rows that SQL found",
    "verdict": "refuse",
    "differs": "result",
}

Base = declarative_base()


class Lower(TypeDecorator):
    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.lower() if value is not None else None


class Page(Base):
    __tablename__ = "page"
    slug = Column(Lower, primary_key=True)
    above = Column(Lower)


def seed(session):
    session.add_all([Page(slug="a"), Page(slug="b", above="a"), Page(slug="c", above="a")])


inputs = [("A",)]


def before(session: Session, slug: str):
    page = session.query(Page).filter(Page.slug == slug).first()
    below = session.query(Page).filter(Page.above == slug).order_by(Page.slug).all()
    return (page.slug if page else None, [each.slug for each in below])


def naive(session: Session, slug: str):
    query = session.query(Page).filter(or_(Page.slug == slug, Page.above == slug))
    pages = query.order_by(Page.slug).all()
    page = next((each for each in pages if each.slug == slug), None)
    below = [each for each in pages if each.above == slug]
    return (page.slug if page else None, [each.slug for each in below])


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
