"""Payments are gathered by order first, and their orders are read group by group."""

from collections import defaultdict

from sqlalchemy.orm import selectinload

from shop.models import Payment


def by_method(session):
    groups = defaultdict(list)
    for payment in session.query(Payment).options(selectinload(Payment.order)).order_by(Payment.id):
        groups[payment.method].append(payment)
    report = {}
    for method, payments in groups.items():
        report[method] = [(payment.order.number, payment.amount) for payment in payments]
    return report
