"""yield_per() loads the relationship again for every batch, and 1.4 refuses it for some."""

from sqlalchemy import select

from shop.models import Order


def names(session):
    orders = session.query(Order).order_by(Order.id).yield_per(10)
    return [order.customer.name for order in orders]  # review: eager-load (query-takes-options)


def told_with_the_call(session):
    orders = select(Order).order_by(Order.id)
    found = session.scalars(orders, execution_options={"yield_per": 10})
    return [order.customer.name for order in found]  # review: eager-load (query-takes-options)
