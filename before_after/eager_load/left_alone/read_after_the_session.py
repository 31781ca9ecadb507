"""The rows have left their session, and reading what they do not hold raises an error."""

from shop.db import SessionLocal
from shop.models import Order


def orders():
    with SessionLocal() as session:
        return session.query(Order).order_by(Order.id).all()


def names():
    return [order.customer and order.customer.name for order in orders()]  # review: eager-load (loads-today)


def back_in_a_session(session):
    found = []
    for order in orders():
        session.add(order)
        found.append(order.customer)  # found: eager-load (rows-stay-loaded)
    return found


def another_session():
    with SessionLocal() as session:
        found = session.query(Order).order_by(Order.id).all()
        with SessionLocal() as other:
            other.query(Order).count()
        return [order.customer for order in found]  # found: eager-load (rows-stay-loaded)
