"""Where the queries of pages are."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from pages import Page


def all_pages(session):
    return (
        session.execute(
            select(Page).options(selectinload(Page.grants)).order_by(Page.title, Page.id)
        )
        .scalars()
        .all()
    )
