"""Rows of columns leave the loop as they are: with the key's column they would be others."""

from shop.models import Order, OrderLine


def quantities(session):
    result = []
    for order in session.query(Order).order_by(Order.id).all():
        rows = (
            session.query(OrderLine.position, OrderLine.quantity)  # found: hoist-lookup (writable)
            .filter(OrderLine.order_id == order.id)
            .order_by(OrderLine.position)
            .all()
        )
        result.append(rows)
    return result
