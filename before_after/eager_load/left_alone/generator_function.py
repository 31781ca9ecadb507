"""Whoever takes the rows of a generator function may do anything between two of them."""

from shop.models import Order


def names(session):
    for order in session.query(Order).order_by(Order.id):
        yield order.customer  # review: eager-load (not-suspended)
