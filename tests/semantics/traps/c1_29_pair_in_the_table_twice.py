"""A pair of rows that a secondary table holds twice."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 1,
    "title": "a secondary table without a key holds a pair twice: selectinload gives the item twice",
    "verdict": "review",
    "differs": "result",
}

Base = declarative_base()

page_tags = Table(
    "page_tags",
    Base.metadata,
    Column("page_id", ForeignKey("pages.id")),
    Column("tag_id", ForeignKey("tags.id")),
)


class Page(Base):
    __tablename__ = "pages"
    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary=page_tags, order_by="Tag.id")


class Tag(Base):
    __tablename__ = "tags"
    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)


def seed(session):
    session.add_all([Page(id=1), Page(id=2), Tag(id=1, name="red"), Tag(id=2, name="blue")])
    session.flush()
    pairs = [(1, 1), (1, 1), (1, 2), (2, 2)]
    session.execute(page_tags.insert(), [{"page_id": page, "tag_id": tag} for page, tag in pairs])


inputs = [()]


def before(session: Session):
    pages = session.query(Page).order_by(Page.id)
    return [[tag.name for tag in page.tags] for page in pages]


def naive(session: Session):
    pages = session.query(Page).options(selectinload(Page.tags)).order_by(Page.id)
    return [[tag.name for tag in page.tags] for page in pages]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
