"""SQLite stores 0.255 in a column of two digits, finds it by 0.255, and gives 0.26."""

from decimal import Decimal

from shop.models import OrderLine, Payment


def of_a_list(session, amounts: list[Decimal]):
    counts = []
    for amount in amounts:
        found = session.query(Payment).filter(Payment.amount == amount)
        counts.append(found.count())  # review: hoist-lookup (keys-equal)
    return counts


def of_another_column(session):
    counts = []
    for line in session.query(OrderLine).order_by(OrderLine.id):
        found = session.query(Payment).filter(Payment.amount == line.unit_price)
        counts.append(found.count())  # review: hoist-lookup (keys-equal)
    return counts
