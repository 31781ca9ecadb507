"""The ORDER BY holds for all rows together."""

from shop.models import Order


def orders(session, order_ids: list[int]):
    return session.query(Order).filter(Order.id.in_(order_ids)).order_by(Order.number).all()  # found: chunk-in-list (row-order)


def unordered(session, order_ids: list[int]):
    return session.query(Order).filter(Order.id.in_(order_ids)).all()  # review: chunk-in-list (row-order)
