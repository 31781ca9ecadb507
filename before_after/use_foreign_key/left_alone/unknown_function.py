"""Nobody knows what the function does with the payments."""

from shop.models import Payment


def orders(session, change):
    found = []
    for payment in session.query(Payment).all():
        change(payment)
        found.append(payment.order.id)  # review: use-foreign-key (calls-known)
    return found
