"""The payments of one order are deleted; the session holds one of them already."""

from sqlalchemy import select

from shop.models import Payment


def undo(session, order_id):
    held = session.scalars(select(Payment).where(Payment.order_id == order_id)).first()
    payments = session.scalars(select(Payment).where(Payment.order_id == order_id)).all()
    for payment in payments:
        session.delete(payment)
    session.flush()
    return held is None or held not in session
