"""The loop gives each user another key, by which its entries are found today."""

from shop.models import User


def renumbered(session, start):
    result = []
    for number, user in enumerate(session.query(User).order_by(User.id).all()):
        user.id = start + number
        result.append(user.entries.count())  # review: dynamic-in-loop (key-not-written)
    return result
