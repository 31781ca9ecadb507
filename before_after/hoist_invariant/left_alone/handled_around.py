"""An error of the query, or of its flush, is handled where it can be seen that the loop has begun."""

from sqlalchemy.exc import SQLAlchemyError

from shop.models import Order


def counted(session, names: list[str], number: str):
    found = []
    try:
        for name in names:
            found.append(name)
            found.append(session.query(Order).filter(Order.number == number).count())  # review: hoist-invariant (errors-not-handled)
    except SQLAlchemyError:
        session.rollback()
    return found


def told(session, names: list[str], number: str):
    try:
        for name in names:
            print(name, session.query(Order).filter(Order.number == number).count())  # review: hoist-invariant (errors-not-handled)
    except SQLAlchemyError:
        print(f"failed for {name}")
