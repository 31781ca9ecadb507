"""What comes later finds the related rows in the session, and would ask for each of them again."""

from shop.models import Order, OrderLine


def numbers(session):
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    ids = [line.order.id for line in lines if line.quantity > 1]  # review: use-foreign-key (not-needed-later)
    return [session.get(Order, order_id).number for order_id in ids]


def held(session):
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    ids = [line.order.id for line in lines if line.quantity > 1]  # review: use-foreign-key (not-needed-later)
    return ids, len(session.identity_map)
