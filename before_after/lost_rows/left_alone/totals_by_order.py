"""Of several payments of an order one is counted, whichever comes last."""

from shop.models import Payment


def total(session):
    by_order = {payment.order_id: payment for payment in session.query(Payment)}  # found: lost-rows
    return sum(payment.amount for payment in by_order.values())


def total_by_a_loop(session):
    by_order = {}
    for payment in session.query(Payment).all():
        by_order[payment.order_id] = payment  # found: lost-rows
    return sum(payment.amount for payment in by_order.values())


def amounts(session, numbers):
    payments = session.query(Payment).all()
    by_order = dict((payment.order_id, payment) for payment in payments)  # found: lost-rows
    return [[p.amount for p in by_order.values() if p.order_id == number] for number in numbers]
