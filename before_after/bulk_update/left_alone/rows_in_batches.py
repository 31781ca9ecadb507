"""The rows are written in batches, as there are too many for one statement."""

from sqlalchemy import select

from shop.models import Tag


def reset(session):
    for tag in session.scalars(select(Tag).where(Tag.uses == 0)).yield_per(1000):
        tag.name = "unused"  # found: bulk-update (plain-query)
