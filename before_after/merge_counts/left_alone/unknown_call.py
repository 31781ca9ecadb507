"""A function that nobody knows is handed the session, or what it counts by."""

from elsewhere import cleanup, threshold
from shop.models import Tag


def cleaned(session):
    before = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (calls-known)
    cleanup(session)
    after = session.query(Tag).filter(Tag.uses > 2).count()
    return before, after


def asked(session):
    before = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (conditions-known)
    after = session.query(Tag).filter(Tag.uses > threshold()).count()
    return before, after
