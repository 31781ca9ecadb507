"""A dict of rows would load the column that it files them under once for each of them."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import Session, declarative_base, defer, deferred, load_only

Base = declarative_base()


class Page(Base):
    __tablename__ = "pages"

    id = Column(Integer, primary_key=True)
    title = Column(String(50), nullable=False)
    chapter = Column(Integer, nullable=False)
    scan = deferred(Column(Integer, nullable=False))


def titles(session: Session, chapters: list[int]) -> list[list[str]]:
    found = []
    for chapter in chapters:
        pages = (
            session.query(Page)
            .options(load_only(Page.title))
            .filter(Page.chapter == chapter)
            .order_by(Page.id)
        )
        found.append([page.title for page in pages])  # found: hoist-lookup (keys-equal)
    return found


def others(session: Session, chapters: list[int]) -> list[list[str]]:
    found = []
    for chapter in chapters:
        pages = session.query(Page).options(defer(Page.chapter)).filter_by(chapter=chapter)
        found.append([page.title for page in pages.order_by(Page.id)])  # found: hoist-lookup (keys-equal)
    return found


def of_scans(session: Session, scans: list[int]) -> list[list[str]]:
    found = []
    for scan in scans:
        pages = session.query(Page).filter(Page.scan == scan).order_by(Page.id).all()  # found: hoist-lookup (keys-equal)
        found.append([page.title for page in pages])
    return found
