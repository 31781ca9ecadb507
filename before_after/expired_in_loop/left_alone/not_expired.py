"""The rows are not from before the commit, of another session, or not read after it."""

from shop.db import SessionLocal
from shop.models import AuditLog, Order, OrderStatus


def fetched_here(session, ids):
    for id in ids:
        order = session.get(Order, id)
        if order.total:
            order.status = OrderStatus.SHIPPED
        session.commit()


def columns(session):
    for id, total in session.query(Order.id, Order.total):
        if total:
            session.get(Order, id).status = OrderStatus.SHIPPED
        session.commit()


def streamed(session):
    for order in session.query(Order).yield_per(100):
        if order.total:
            order.status = OrderStatus.SHIPPED
        session.commit()


def left(session):
    for order in session.query(Order).all():
        if order.total:
            order.status = OrderStatus.SHIPPED
            session.commit()
            break


def another_session(session):
    other = SessionLocal()
    for order in session.query(Order).all():
        if order.total:
            other.add(Order(number=order.number))
            other.commit()


def fetched_anew(session):
    for order in session.query(Order).all():
        order = session.merge(order)
        if order.total:
            order.status = OrderStatus.SHIPPED
        session.commit()


def sessions_of_their_own(now):
    with SessionLocal() as session:
        orders = session.query(Order).all()
        for order in orders:
            with SessionLocal() as other:
                entry = AuditLog(entity_type="order", entity_id=order.number, timestamp=now)
                other.add(entry)
                other.commit()


def only_after_an_error(session, charge):
    for order in session.query(Order).all():
        try:
            charge(order.total)
        except ValueError:
            order.status = OrderStatus.CANCELLED
            session.commit()
