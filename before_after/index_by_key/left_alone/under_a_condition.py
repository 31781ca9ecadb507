"""There is no place for a dict before the condition."""

from shop.models import Order, OrderLine


def grouped(session, wanted):
    orders = session.query(Order).all()
    lines = session.query(OrderLine).all()
    return [[line for line in lines if line.order_id == o.id] for o in orders] if wanted else []  # found: index-by-key (writable)
