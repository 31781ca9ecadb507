"""An order without a customer raises AttributeError today."""

from shop.models import Order, OrderStatus


def paid(session):
    found = []
    for order in session.query(Order):
        if order.status is OrderStatus.PAID:
            found.append(order.customer.id)  # review: use-foreign-key (never-null)
    return found


def safely_loaded(session):
    return [order.customer.id for order in session.query(Order)]
