"""A flag is set by the first row that fits, and a count goes through all of them."""

from shop.models import Tag


def flags(session):
    used = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (early-stop)
    busy = session.query(Tag).filter(Tag.uses > 30).count()
    rare = session.query(Tag).filter(Tag.uses == 1).first() is not None
    return used, busy, rare
