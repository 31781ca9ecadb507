"""All rows of a dynamic relationship are wanted: it had better not be dynamic."""

from shop.models import User


def actions(session):
    found = []
    for user in session.query(User).order_by(User.id):
        found += [entry.action for entry in user.entries]  # found: dynamic-in-loop (part-asked)
    return found


def of_each(session):
    return {
        user.login: user.entries.all()  # found: dynamic-in-loop (part-asked)
        for user in session.query(User).order_by(User.id)
    }
