"""SQLite takes a key of no row, whose related row is None."""

from shop.models import OrderLine, Payment


def paid_by_card(session):
    found = []
    for payment in session.query(Payment):
        if payment.method == "card":
            found.append(payment.order.id)  # review: use-foreign-key (row-exists)
    return found


def large(session):
    lines = session.query(OrderLine).all()
    return {line.order.id for line in lines if line.quantity > 10}  # review: use-foreign-key (row-exists)
