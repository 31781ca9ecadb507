"""The order of each payment is loaded for its key."""

from shop.db import SessionLocal
from shop.models import Payment


def numbers():
    with SessionLocal() as session:
        return described(session)


def described(session):
    payments = session.query(Payment).order_by(Payment.id).all()
    return [(payment.order.id, payment.method, payment.order.id % 2) for payment in payments]
