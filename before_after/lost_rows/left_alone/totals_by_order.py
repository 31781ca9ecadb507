"""Of several payments of an order one is counted, whichever comes last."""

from shop.models import Payment


def total(session):
    by_order = {payment.order_id: payment for payment in session.query(Payment)}  # found: lost-rows
    return sum(payment.amount for payment in by_order.values())
