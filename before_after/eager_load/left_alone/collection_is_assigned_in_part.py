"""A slice of a collection that is assigned or deleted takes rows from their owner, as `remove()` does."""

from sqlalchemy.orm import Session

from shop.models import Order


def emptied(session: Session):
    for order in session.query(Order).order_by(Order.id).all():
        print(order.customer)  # review: eager-load (no-flush-needed)
        order.lines[:] = []  # found: eager-load (nothing-written)


def shortened(session: Session):
    for order in session.query(Order).order_by(Order.id).all():
        del order.lines[1:]  # found: eager-load (nothing-written)
        print(order.customer)  # review: eager-load (no-flush-needed)
