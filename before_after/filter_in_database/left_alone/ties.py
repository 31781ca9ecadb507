"""Rows without an order, or with one that has ties: fewer of them may come in another one."""

from shop.models import Order


def paid(session):
    return [o.number for o in session.query(Order) if o.customer_id is None]  # review: filter-in-database (row-order)


def of_a_day(session):
    return session.query(Order).order_by(Order.placed_on).all()[:3]  # review: filter-in-database (row-order)


def pages(session, size):
    return session.query(Order).order_by(Order.id).all()[:size]  # review: filter-in-database (limit-known)
