"""A function that nobody knows is handed the session between two queries."""

from shop.models import User


def process(session, callback):
    for user in session.query(User).order_by(User.id).all():
        callback(session, user.entries.count())  # review: dynamic-in-loop (calls-known)
