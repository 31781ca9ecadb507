"""What the caller wants is loaded with the rows, and may be what is read."""

from sqlalchemy.orm import joinedload

from shop.models import Order


def customers(session, wanted):
    orders = session.query(Order).options(joinedload(getattr(Order, wanted)))
    return [order.customer for order in orders]  # review: eager-load (no-other-strategy)
