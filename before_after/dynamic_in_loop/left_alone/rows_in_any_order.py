"""No ORDER BY says in what order the entries of a user come, or which of them is the first."""

from shop.models import User


def actions(session):
    result = {}
    for user in session.query(User).all():
        result[user.login] = [entry.action for entry in user.entries.filter_by(action="login")]  # review: dynamic-in-loop (row-order)
    return result


def firsts(session):
    result = {}
    for user in session.query(User).all():
        entry = user.entries.first()  # review: dynamic-in-loop (row-determined)
        result[user.login] = entry.action if entry else None
    return result
