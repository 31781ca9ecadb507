"""A detached payment has no order, and raises."""

from shop.models import Payment


def detached(session):
    payments = session.query(Payment).all()
    session.expunge_all()
    return [payment.order.id for payment in payments]  # review: use-foreign-key (rows-stay-loaded)
