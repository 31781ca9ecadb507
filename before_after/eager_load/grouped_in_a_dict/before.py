"""Payments are gathered by order first, and their orders are read group by group."""

from collections import defaultdict

from shop.models import Payment


def by_method(session):
    groups = defaultdict(list)
    for payment in session.query(Payment).order_by(Payment.id):
        groups[payment.method].append(payment)
    report = {}
    for method, payments in groups.items():
        report[method] = [(payment.order.number, payment.amount) for payment in payments]
    return report
