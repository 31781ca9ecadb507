"""Rows that are fetched so that the session knows them, and what is related to them."""

from shop.models import Order
from sqlalchemy.orm import joinedload, selectinload


def warmed(session, keys, work):
    session.query(Order).filter(Order.id.in_(keys)).options(selectinload(Order.lines)).all()
    _kept = session.query(Order).options(joinedload(Order.customer)).all()
    return work(keys)


def deleted(session):
    for order in session.query(Order).options(selectinload(Order.lines)):
        print(order.number)
        session.delete(order)


def refreshed(session):
    order = session.query(Order).options(selectinload(Order.lines)).first()
    session.refresh(order)
    return order.number


def emptied(session):
    for order in session.query(Order).options(selectinload(Order.lines)):
        print(order.number)
        order.lines = []
