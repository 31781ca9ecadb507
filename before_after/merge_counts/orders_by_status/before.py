"""Example: A shared query in a variable, to which each entry of a dict adds its filter."""

from shop.models import Order, OrderStatus


def status_counts(session, customer_id):
    query = session.query(Order).filter(Order.customer_id == customer_id)
    return {
        "new": query.filter(Order.status == OrderStatus.NEW).count(),
        "paid": query.filter(Order.status == OrderStatus.PAID).count(),
        "all": query.count(),
    }
