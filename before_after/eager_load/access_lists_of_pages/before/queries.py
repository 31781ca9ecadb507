"""Where the queries of pages are."""

from sqlalchemy import select

from pages import Page


def all_pages(session):
    return session.execute(select(Page).order_by(Page.title, Page.id)).scalars().all()
