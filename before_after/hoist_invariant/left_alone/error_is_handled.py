"""The error of one item's query is handled."""

from sqlalchemy.exc import SQLAlchemyError

from shop.models import Order


def counted(session, names: list):
    found = []
    for name in names:
        try:
            found.append(session.query(Order).count())  # review: hoist-invariant (errors-not-handled)
        except SQLAlchemyError:
            found.append(None)
    return found
