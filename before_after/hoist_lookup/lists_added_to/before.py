"""Two items find one list, and each adds to its own."""

from shop.models import OrderLine


def shares(session):
    found = []
    for line in session.query(OrderLine).order_by(OrderLine.id).all():
        rows = list(
            session.query(OrderLine)
            .filter(OrderLine.order_id == line.order_id)
            .order_by(OrderLine.position, OrderLine.id)
        )
        rows += [line]
        found.append((line.id, len(rows)))
    return found
