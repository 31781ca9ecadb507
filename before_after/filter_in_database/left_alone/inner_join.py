"""An eager load by an inner join leaves out orders without a customer, whose dates DISTINCT finds."""

from sqlalchemy.orm import joinedload

from shop.models import Order


def dates(session):
    orders = session.query(Order).options(joinedload(Order.customer, innerjoin=True))
    return {order.placed_on for order in orders}  # found: filter-in-database (same-rows)
