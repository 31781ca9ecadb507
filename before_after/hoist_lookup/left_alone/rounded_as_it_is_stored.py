"""The database rounds the new amount, so that the next lookup may not find it."""

from decimal import Decimal

from shop.db import SessionLocal
from shop.models import Payment


def record(amounts: list[Decimal]):
    with SessionLocal() as session:
        for amount in amounts:
            payment = (
                session.query(Payment)  # found: hoist-lookup (table-not-written)
                .filter(Payment.amount == amount)
                .one_or_none()
            )
            if payment is None:
                payment = Payment(order_id=1, method="cash", amount=amount)
                session.add(payment)
        session.commit()
