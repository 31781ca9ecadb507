"""A function hands on what it is given, and a route that has no callers calls it: a key may be text."""

from sqlalchemy import func

from shop.models import Order, Payment


def payments_of(session, order_id):
    return session.query(func.count(Payment.id)).filter(Payment.order_id == order_id).scalar()


def label(session, order_id):
    return payments_of(session, order_id)


def route(session, order_id):
    return label(session, order_id)


def numbers(session):
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        found.append(payments_of(session, order.id))  # review: batch-helper (keys-equal)
    return found
