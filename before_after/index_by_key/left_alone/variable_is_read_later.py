"""The loop's variable is read after it, where it is the last of all rows."""

from shop.models import Order, OrderLine


def with_the_last(session):
    orders = session.query(Order).order_by(Order.id).all()
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    line, found = None, []
    for order in orders:
        for line in lines:
            if line.order_id == order.id:  # found: index-by-key (writable)
                found.append(line.id)
        found.append(line and line.id)
    return found
