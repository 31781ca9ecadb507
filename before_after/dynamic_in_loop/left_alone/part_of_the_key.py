"""A second part of the key is of any kind, or may be NULL, which equals nothing in a row value."""

from shop.models import User


def managed(session, names: "dict[int, str | None]", kinds):
    result = []
    for user in session.query(User).order_by(User.id).all():
        result.append(user.entries.filter_by(action=kinds[user.id]).count())  # review: dynamic-in-loop (keys-equal)
    return result
