"""The consumer of a generator runs between the counts."""

from shop.models import Tag


def numbers(session):
    yield session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (not-suspended)
    yield session.query(Tag).filter(Tag.uses > 2).count()
