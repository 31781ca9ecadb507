"""The first count decides whether the second one is asked for."""

from shop.models import Tag


def numbers(session):
    total = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (sent-together)
    used = session.query(Tag).filter(Tag.uses > 2).count() if total else 0
    return total, used
