"""An error of one query is handled in the loop."""

from sqlalchemy.exc import SQLAlchemyError

from shop.models import User


def counts(session):
    result = []
    for user in session.query(User).order_by(User.id).all():
        try:
            result.append(user.entries.count())  # review: dynamic-in-loop (errors-not-handled)
        except SQLAlchemyError:
            result.append(-1)
    return result
