"""A function returns a query; its caller finishes it and reads the rows."""

from payments import paid_by

from shop.models import Payment


def report(session, method):
    found = paid_by(session, method).order_by(Payment.id)
    return [(payment.amount, payment.order.number) for payment in found]
