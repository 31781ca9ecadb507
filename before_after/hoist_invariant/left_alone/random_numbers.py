"""The database answers something else each time."""

from datetime import datetime

from sqlalchemy import func, select, text

from shop.models import Order, Payment


def drawn(session, count):
    found = []
    for _ in range(count):
        found.append(session.query(Order.id).order_by(func.random()).first())
        found.append(session.execute(select(Order.id).order_by(text("random()"))).first())
        found.append(session.query(Payment).filter(Payment.paid_at < func.now()).count())
    return found


def late(session, names):
    for name in names:
        number = session.query(Payment).filter(Payment.paid_at < datetime.utcnow()).count()  # review: hoist-invariant (query-invariant)
        print(name, number)
