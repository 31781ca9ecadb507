"""These lists are never long, or a subquery does without them."""

from shop.models import Order, OrderLine, OrderStatus, Product

OPEN = [OrderStatus.NEW, OrderStatus.PAID]


def few(session, order: Order):
    found = session.query(Order).filter(Order.status.in_(OPEN)).all()
    found += session.query(Order).filter(Order.id.in_([1, 2, 3])).all()
    latest = session.query(Order.id).order_by(Order.id.desc()).limit(100).all()
    ids = [number for (number,) in latest]
    found += session.query(Order).filter(Order.id.in_(ids)).all()
    products = [line.product_id for line in order.lines]
    return found, session.query(Product).filter(Product.id.in_(products)).all(), products, ids


def in_parts(session, order_ids: list[int]):
    found = []
    for start in range(0, len(order_ids), 500):
        chunk = order_ids[start : start + 500]
        found += session.query(OrderLine).filter(OrderLine.order_id.in_(chunk)).all()
    for number in order_ids:
        found += session.query(OrderLine).filter(OrderLine.order_id.in_(number)).all()
    return found


def subquery(session):
    ids = [order.id for order in session.query(Order).all()]
    return session.query(OrderLine).filter(OrderLine.order_id.in_(ids)).all()
