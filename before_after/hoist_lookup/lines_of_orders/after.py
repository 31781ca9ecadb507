"""The lines of each order are queried, kept and sorted in place."""

from shop.models import Order, OrderLine


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def lines(session):
    result = {}
    orders = session.query(Order).filter(Order.total.isnot(None)).all()
    order_lines_by_order_id = {}
    for order_ids in _chunks(order.id for order in orders):
        for order_line in (
            session.query(OrderLine)
            .filter(OrderLine.order_id.in_(order_ids))
            .order_by(OrderLine.position)
        ):
            order_lines_by_order_id.setdefault(order_line.order_id, []).append(order_line)
    for order in orders:
        # the cheapest line comes first
        rows = list(order_lines_by_order_id.get(order.id, []))
        rows.sort(key=lambda line: line.unit_price)
        result[order.number] = [line.position for line in rows]
    return result
