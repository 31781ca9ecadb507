"""The consumer of a generator runs between two queries, and may write."""

from shop.models import User


def counts(session):
    for user in session.query(User).order_by(User.id).all():
        yield user.entries.count()  # review: dynamic-in-loop (not-suspended)
