"""Whoever consumes the generator may move the payments."""

from shop.models import Payment


def orders(session):
    for payment in session.query(Payment).all():
        yield payment.order.id  # review: use-foreign-key (not-suspended)
