"""The lines of each order are queried, kept and sorted in place."""

from shop.models import Order, OrderLine


def lines(session):
    result = {}
    for order in session.query(Order).filter(Order.total.isnot(None)).all():
        # the cheapest line comes first
        rows = (
            session.query(OrderLine)
            .filter(OrderLine.order_id == order.id)
            .order_by(OrderLine.position)
            .all()
        )
        rows.sort(key=lambda line: line.unit_price)
        result[order.number] = [line.position for line in rows]
    return result
