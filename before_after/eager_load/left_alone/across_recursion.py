"""A function that calls itself with the rows may do anything to them before they are read."""

from shop.models import Order


def orders(session):
    return session.query(Order).order_by(Order.id).all()


def touched(rows, depth):
    if depth:
        touched(rows, depth - 1)
    return rows


def names(session):
    rows = touched(orders(session), 3)
    return [order.customer.name if order.customer else None for order in rows]  # review: eager-load (calls-known)
