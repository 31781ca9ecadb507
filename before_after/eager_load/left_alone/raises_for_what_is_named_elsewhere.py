"""A relationship is given by its name, and reading it has to raise: it may be the one that is read."""

from sqlalchemy.orm import raiseload

from shop.models import Order


def customers(session, forbidden):
    orders = session.query(Order).options(raiseload(getattr(Order, forbidden)))
    return [order.customer for order in orders]  # found: eager-load (no-other-strategy)
