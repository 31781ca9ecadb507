"""Counts of different tables have no FROM in common."""

from shop.models import Order, Payment


def totals(session):
    orders = session.query(Order).filter(Order.id > 3).count()
    payments = session.query(Payment).filter(Payment.order_id > 3).count()
    return orders, payments
