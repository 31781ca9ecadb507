"""The rows, or how many there are, are used besides."""

from shop.models import Order


def numbers(session):
    orders = session.query(Order).all()
    if not orders:
        return []
    return [order.number for order in orders]


def first_or_none(session):
    orders = session.query(Order).all()
    return orders and orders[0]


def how_many(session):
    count = session.query(Order).count()
    if count > 0:
        return count
    return None


def more_than_one(session):
    return session.query(Order).count() > 1


def value_of_or(session):
    return session.query(Order).all() or None
