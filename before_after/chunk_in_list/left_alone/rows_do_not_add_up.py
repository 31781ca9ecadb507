"""The results for parts of the keys are not those for all of them."""

from sqlalchemy import func, select

from shop.models import Order, OrderLine


def results(session, order_ids: list[int]):
    number = session.query(Order).filter(Order.id.in_(order_ids)).count()  # found: chunk-in-list (rows-add-up)
    first = session.query(Order).filter(Order.id.in_(order_ids)).limit(10).all()  # found: chunk-in-list (rows-add-up)
    total = session.query(func.sum(Order.total)).filter(Order.id.in_(order_ids)).all()  # found: chunk-in-list (rows-add-up)
    joined = session.query(Order).join(Order.lines).filter(OrderLine.id.in_(order_ids)).all()  # found: chunk-in-list (rows-add-up)
    return number, first, total, joined


def read_twice(session, order_ids: list[int]):
    orders = session.scalars(select(Order).where(Order.id.in_(order_ids)))  # found: chunk-in-list (rows-add-up)
    return {order.id for order in orders}, {order.id for order in orders}
