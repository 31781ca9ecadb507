"""The payment belongs to another order, of which its foreign key does not know yet."""

from shop.models import Order, Payment


def moved(session, order: Order, other: Payment):
    found = []
    for payment in session.query(Payment):
        other.order = order
        found.append(payment.order.id)  # review: use-foreign-key (key-unchanged)
    return found


def added(session, order: Order, payments: list[Payment]):
    order.payments.append(payments[0])
    found = []
    for payment in session.query(Payment).all():
        if payment.method == "card":
            found.append(payment.order.id)  # review: use-foreign-key (key-unchanged)
    return found
