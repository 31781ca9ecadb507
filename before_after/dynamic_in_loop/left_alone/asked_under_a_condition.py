"""The query stands under a condition that only the loop can tell."""

from shop.models import User


def some(session, limit):
    counts: list = []
    for user in session.query(User).order_by(User.id).all():
        if len(counts) < limit:
            counts.append(user.entries.count())  # review: dynamic-in-loop (asked-every-time)
    return counts
