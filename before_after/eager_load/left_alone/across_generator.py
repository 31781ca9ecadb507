"""Rows come from a generator: whoever takes them does something between two of them."""

from shop.models import Order


def each_order(session):
    for order in session.query(Order).order_by(Order.id):
        yield order


def first_name(session):
    for order in each_order(session):
        if order.customer is not None:  # review: eager-load (not-suspended)
            return order.customer.name
    return None
