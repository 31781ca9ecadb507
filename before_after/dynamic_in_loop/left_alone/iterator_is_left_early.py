"""The users come in batches, and the loop goes over them once."""

from shop.models import User


def counts(session):
    result = []
    for user in session.query(User).yield_per(100):
        result.append(user.entries.count())  # found: dynamic-in-loop (items-repeatable)
    return result
