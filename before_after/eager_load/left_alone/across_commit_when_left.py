"""The context manager around the query commits when it is left, which loads the rows anew."""

from contextlib import contextmanager

from shop.models import Order


@contextmanager
def saved(session):
    yield session
    session.commit()


def emails(session):
    with saved(session):
        orders = session.query(Order).filter(Order.customer_id.isnot(None)).all()
    return sorted(order.customer.email for order in orders)  # found: eager-load (rows-stay-loaded)
