"""The helper binds its parameter anew: what it fills is not the caller's list."""

from shop.models import Order


def collect(session, found):
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        found.append(order)


def names(session):
    found = []
    collect(session, found)
    return [order.customer.name for order in found]
