"""Two items find one list, and each adds to its own."""

from shop.models import OrderLine


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def shares(session):
    found = []
    order_lines = session.query(OrderLine).order_by(OrderLine.id).all()
    order_lines_by_order_id = {}
    for order_ids in _chunks(line.order_id for line in order_lines):
        for order_line in (
            session.query(OrderLine)
            .filter(OrderLine.order_id.in_(order_ids))
            .order_by(OrderLine.position, OrderLine.id)
        ):
            order_lines_by_order_id.setdefault(order_line.order_id, []).append(order_line)
    for line in order_lines:
        rows = list(order_lines_by_order_id.get(line.order_id, []))
        rows += [line]
        found.append((line.id, len(rows)))
    return found
