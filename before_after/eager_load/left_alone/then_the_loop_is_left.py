"""After the read the loop is left, so that one row is loaded at most."""

from shop.models import Order


def first_name(session):
    for order in session.query(Order).order_by(Order.id):
        if order.total is not None and order.total > 100:
            return order.customer.name
    return None


def last_name(session):
    name = None
    for order in session.query(Order).order_by(Order.id):
        if order.total is None:
            name = order.customer.name
            break
    return name


def of_some(session):
    for order in session.query(Order).order_by(Order.id):
        if order.total is None:
            continue
        if order.customer.vip:  # review: eager-load (read-every-time)
            return order.number
    return None
