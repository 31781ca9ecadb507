"""Who gets the rows finds their order loaded today, also when the session is closed."""

from shop.db import SessionLocal
from shop.models import OrderLine, Payment


def shown(session):
    payments = session.query(Payment).order_by(Payment.id).all()
    ids = [payment.order.id for payment in payments]  # review: use-foreign-key (read-here-alone)
    return ids, [sorted(vars(payment)) for payment in payments]


def lines_of_orders():
    with SessionLocal() as session:
        lines = session.query(OrderLine).order_by(OrderLine.id).all()
        print({line.order.id for line in lines})
        return lines


def numbers():
    # the session is closed: a line whose order is not loaded raises
    return [line.order.number for line in lines_of_orders()]
