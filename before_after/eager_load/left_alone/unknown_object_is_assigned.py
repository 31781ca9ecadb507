"""What is handed in may be one of the orders, and its setter may write the key."""

from shop.models import Order


def summarize(session, summary):
    for order in session.query(Order).order_by(Order.id).all():
        summary.last_number = order.number
        print(order.customer)  # review: eager-load (nothing-written)
