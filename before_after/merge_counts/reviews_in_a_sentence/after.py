"""Counts inside of an f-string, with comments in the way."""

from sqlalchemy import and_, case, func

from shop.models import Order, OrderStatus


def sentence(session, customer_id):
    # everything that is not cancelled
    orders = session.query(Order).filter(Order.customer_id == customer_id)  # of one customer
    # the ones to worry about
    # and the ones that are done
    # gifts do not count
    # no money yet
    unpaid, done, total = orders.with_entities(
        func.count(case((Order.status == OrderStatus.NEW, 1))),
        func.count(case((and_(Order.status == OrderStatus.SHIPPED, Order.total.isnot(None)), 1))),
        func.count(),
    ).one()
    return f"{unpaid} open, {done} done, {total} in all"
