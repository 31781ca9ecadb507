"""A context manager that keeps errors to itself is not looked into: it may do anything."""

from contextlib import contextmanager

from shop.models import Order


@contextmanager
def forgiving(session):
    session.commit()
    try:
        yield
    except AttributeError:
        session.rollback()


def emails(session):
    orders = session.query(Order).order_by(Order.id).all()
    found = []
    with forgiving(session):
        for order in orders:
            found.append(order.customer.email)  # review: eager-load (calls-known)
    return found
