"""A new login that is taken already is refused by the flush before the next query, which may raise
an error of its own."""

from shop.models import User


def renamed(session):
    for user in session.query(User).order_by(User.id).all():
        created = user.entries.filter_by(action="create").one()  # review: dynamic-in-loop (flushes-alike)
        user.login = created.entity_id
