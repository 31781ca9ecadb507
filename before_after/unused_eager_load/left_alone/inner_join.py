"""An inner join leaves out the orders without a customer: it is a filter."""

from shop.models import Order
from sqlalchemy.orm import joinedload


def numbers(session):
    orders = session.query(Order).options(
        joinedload(Order.customer, innerjoin=True)  # found: unused-eager-load (same-rows)
    )
    return [order.number for order in orders]
