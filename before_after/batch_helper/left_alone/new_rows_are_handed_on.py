"""Functions that the loop calls can tell whether a lookup has flushed what the loop adds."""

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from shop.db import SessionLocal
from shop.models import Order, Payment


def order_of(session: Session, number: str):
    return session.query(Order).filter(Order.number == number).one()


def key_of(payment: Payment):
    """The key that the next lookup's flush makes."""
    return payment.id


def key_of_some(payment: Payment):
    key, payment = payment.id, None
    return key


def booked(session: Session):
    return session.execute(text("SELECT count(*) FROM payments")).scalar()


def paid_in_cash(session: Session):
    return session.execute(select(func.count()).where(Payment.method == "cash")).scalar()


def keys(numbers: list[str]):
    session = SessionLocal()
    seen: list[Payment] = []
    found = []
    for number in numbers:
        order = order_of(session, number)  # review: batch-helper (flushes-alike)
        found += [key_of(payment) for payment in seen]
        payment = Payment(order_id=order.id, method="cash", amount=1)
        session.add(payment)
        seen.append(payment)
    session.commit()
    return found


def keys_of_some(numbers: list[str]):
    session = SessionLocal()
    last = None
    found = []
    for number in numbers:
        order = order_of(session, number)  # review: batch-helper (flushes-alike)
        if last is not None:
            found.append(key_of_some(last))
        last = Payment(order_id=order.id, method="cash", amount=1)
        session.add(last)
    session.commit()
    return found


def counts(numbers: list[str]):
    """SQL as text writes no pending rows before SQLAlchemy 2.1."""
    session = SessionLocal()
    found = []
    for number in numbers:
        order = order_of(session, number)  # review: batch-helper (flushes-alike)
        found.append(booked(session))
        session.add(Payment(order_id=order.id, method="cash", amount=1))
    session.commit()
    return found


def cash_counts(numbers: list[str]):
    """Nor does a count without a table on 1.4."""
    session = SessionLocal()
    found = []
    for number in numbers:
        order = order_of(session, number)  # review: batch-helper (flushes-alike)
        found.append(paid_in_cash(session))
        session.add(Payment(order_id=order.id, method="cash", amount=1))
    session.commit()
    return found
