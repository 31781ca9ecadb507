"""The rows are not from before the commit, of another session, or not read after it."""

from sqlalchemy import select

from shop.db import AsyncSessionLocal, SessionLocal
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


def fetched_behind_the_commit(session, entry):
    session.add(entry)
    session.commit()
    return [order.number for order in session.query(Order).all()]


def asked_again(session, entry):
    orders = session.query(Order).all()
    session.add(entry)
    session.commit()
    known = session.query(Order).count() + len(session.query(Order).all())
    return known, [order.number for order in orders]


def only_sometimes(session, entry):
    orders = session.query(Order).all()
    if entry is not None:
        session.add(entry)
        session.commit()
    return [order.number for order in orders]


def only_after_an_error(session, entry):
    orders = session.query(Order).all()
    try:
        entry.check()
    except ValueError:
        session.commit()
    return [order.number for order in orders]


def of_another_session(session, entry):
    other = SessionLocal()
    orders = session.query(Order).all()
    other.add(entry)
    other.commit()
    return [order.number for order in orders]


def a_few(session, entry):
    orders = session.query(Order).limit(3).all()
    session.add(entry)
    session.commit()
    return [order.number for order in orders]


def counted(session, entry):
    orders = session.query(Order).all()
    session.add(entry)
    session.commit()
    return sum(1 for order in orders)


def closed(session, entry):
    orders = session.query(Order).all()
    session.add(entry)
    session.commit()
    session.close()
    return [order.number for order in orders]


def left_behind(entry):
    with SessionLocal.begin() as session:
        orders = session.query(Order).all()
        session.add(entry)
    return [order.number for order in orders]


async def awaited(entry):
    async with AsyncSessionLocal() as session:
        orders = (await session.scalars(select(Order))).all()
        session.add(entry)
        await session.commit()
        return [order.number for order in orders]


def total_of(orders):
    return sum(order.total for order in orders)


def loaded_by_another_function(session, entry):
    orders = session.query(Order).all()
    session.add(entry)
    session.commit()
    total = total_of(orders)
    return [order.total / total for order in orders]
