"""Lists of one column: the products of each order, and in another session's style its payments."""

from sqlalchemy import select

from shop.models import Order, OrderLine, Payment


def overview(session):
    result = []
    for order in session.query(Order).order_by(Order.id).all():
        methods = session.scalars(
            select(Payment.method).where(Payment.order_id == order.id).order_by(Payment.id)
        ).all()
        rows = (
            session.query(OrderLine.product_id, OrderLine.quantity)
            .filter_by(order_id=order.id)
            .order_by(OrderLine.position)
            .all()
        )
        bought = {row.product_id: row[1] for row in rows}
        result.append((order.number, list(methods), bought))
    return result
