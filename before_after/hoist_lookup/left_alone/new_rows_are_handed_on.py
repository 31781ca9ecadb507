"""Functions that the loop calls can tell whether a lookup has flushed what the loop adds."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.db import SessionLocal
from shop.models import Order, Payment


def key_of(payment: Payment):
    """The key that the next lookup's flush makes."""
    return payment.id


def paid_in_cash(session: Session) -> int:
    return session.execute(select(func.count()).where(Payment.method == "cash")).scalar()


def paid(session: Session):
    payment = Payment(order_id=1, method="cash", amount=1)
    session.add(payment)
    return payment


def keys(numbers: list[str]):
    session = SessionLocal()
    last = None
    found = []
    for number in numbers:
        order = session.query(Order).filter(Order.number == number).first()  # review: hoist-lookup (flushes-alike)
        if last is not None:
            found.append(key_of(last))
        last = Payment(order_id=order.id, method="cash", amount=1)
        session.add(last)
    session.commit()
    return found


def keys_inside(numbers: list[str]):
    session = SessionLocal()
    last = None
    found = []

    def told():
        return None if last is None else last.id

    for number in numbers:
        order = session.query(Order).filter(Order.number == number).first()  # review: hoist-lookup (flushes-alike)
        found.append(told())
        last = Payment(order_id=order.id, method="cash", amount=1)
        session.add(last)
    session.commit()
    return found


def counts(numbers: list[str]):
    """A count without a table writes no pending rows on SQLAlchemy 1.4."""
    session = SessionLocal()
    found = []
    for number in numbers:
        order = session.query(Order).filter(Order.number == number).first()  # review: hoist-lookup (flushes-alike)
        found.append(paid_in_cash(session))
        session.add(Payment(order_id=order.id, method="cash", amount=1))
    session.commit()
    return found


def keys_of_others(numbers: list[str]):
    session = SessionLocal()
    last = None
    found = []
    for number in numbers:
        order = session.query(Order).filter(Order.number == number).first()  # review: hoist-lookup (flushes-alike)
        if last is not None:
            found.append(last.id)
        if order is not None:
            last = paid(session)
    session.commit()
    return found
