"""The query itself flushes nothing, and the first lazy load of its rows flushes what waits."""

from shop.models import Order


def with_customers(session, order):
    session.add(order)
    orders = session.query(Order).autoflush(False).order_by(Order.id).all()
    return [order.customer for order in orders]  # review: eager-load (no-flush-needed)
