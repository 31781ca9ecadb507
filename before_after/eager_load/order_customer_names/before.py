"""Example: Each order's customer is loaded by a statement of its own."""

from shop.models import Order


def labels(session):
    result = []
    for order in session.query(Order).order_by(Order.id).all():
        # anonymous orders have no customer
        name = order.customer.name if order.customer is not None else None
        result.append((order.number, name))
    return result
