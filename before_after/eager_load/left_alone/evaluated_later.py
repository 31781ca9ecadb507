"""A generator expression that is returned is evaluated when more may have happened."""

from shop.models import Order


def names(session):
    orders = session.query(Order).order_by(Order.id).all()
    return (order.customer for order in orders)  # review: eager-load (read-at-once)
