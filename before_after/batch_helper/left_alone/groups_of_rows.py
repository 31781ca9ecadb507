"""The groups of groupby() are gone when the next one is asked for: no fetch can go over them."""

from itertools import groupby

from shop.models import Order, OrderLine


def line_count(session, order_id: int):
    return session.query(OrderLine).filter(OrderLine.order_id == order_id).count()


def lines_of_customers(session):
    orders = session.query(Order).order_by(Order.customer_id, Order.id).all()
    found = []
    for customer_id, group in groupby(orders, key=lambda order: order.customer_id):
        found.append(
            (customer_id, sum(line_count(session, order.id) for order in group))  # found: batch-helper (items-repeatable)
        )
    return found
