"""Rows that are locked, refreshed, united, or sent by an unknown statement."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.models import Order


def locked(session: Session):
    return len(session.query(Order).with_for_update().all())


def refreshed(session: Session):
    return len(session.query(Order).populate_existing().all())


def united(session: Session):
    orders = session.query(Order)
    return len(orders.union(orders.filter(Order.total > 5)).all())


def written(session: Session):
    return len(session.execute(text("SELECT 1 FROM orders")).all())


def with_parameters(session: Session, statement, values):
    return len(session.execute(statement, values).all())
