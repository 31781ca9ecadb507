"""Nobody knows what the function does with the lines."""

from shop.models import Order, OrderLine


def printed(session, show):
    orders = session.query(Order).all()
    lines = session.query(OrderLine).all()
    for order in orders:
        show(order, [line for line in lines if line.order_id == order.id])  # review: index-by-key (calls-known)
