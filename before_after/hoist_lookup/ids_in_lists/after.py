"""Lists of one column: the products of each order, and in another session's style its payments."""

from sqlalchemy import select

from shop.models import Order, OrderLine, Payment


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def overview(session):
    result = []
    orders = session.query(Order).order_by(Order.id).all()
    payment_methods = {}
    for order_ids in _chunks(order.id for order in orders):
        for payment in session.execute(
            select(Payment.method, Payment.order_id)
            .where(Payment.order_id.in_(order_ids))
            .order_by(Payment.id)
        ):
            payment_methods.setdefault(payment.order_id, []).append(payment.method)
    order_lines = {}
    for order_ids in _chunks(order.id for order in orders):
        for order_line in (
            session.query(OrderLine.product_id, OrderLine.quantity, OrderLine.order_id)
            .filter(OrderLine.order_id.in_(order_ids))
            .order_by(OrderLine.position)
        ):
            order_lines.setdefault(order_line.order_id, []).append(order_line)
    for order in orders:
        methods = payment_methods.get(order.id, [])
        rows = order_lines.get(order.id, [])
        bought = {row.product_id: row[1] for row in rows}
        result.append((order.number, list(methods), bought))
    return result
