"""The error of a load is handled."""

from sqlalchemy.orm.exc import DetachedInstanceError

from shop.models import Payment


def orders(session):
    found = []
    for payment in session.query(Payment).all():
        try:
            found.append(payment.order.id)  # found: use-foreign-key (errors-not-handled)
        except DetachedInstanceError:
            found.append(None)
    return found
