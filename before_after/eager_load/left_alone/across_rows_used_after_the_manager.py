"""The rows are used again after the context manager has committed: each is loaded anew then, and
its option with it."""

from contextlib import contextmanager

from shop.models import Order


@contextmanager
def saved(session):
    yield session
    session.commit()


def emails(session):
    with saved(session):
        orders = session.query(Order).filter(Order.customer_id.isnot(None)).all()
        found = [order.customer.email for order in orders]  # review: eager-load (rows-stay-loaded)
    return found, [order.number for order in orders]
