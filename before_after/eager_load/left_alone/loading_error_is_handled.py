"""A handler is there for what only a lazy load raises, or for its flush."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import DetachedInstanceError

from shop.models import Order


def detached(session):
    names = []
    for order in session.query(Order).order_by(Order.id):
        try:
            names.append(order.customer)  # found: eager-load (errors-not-handled)
        except DetachedInstanceError:
            names.append(None)
    return names


def flush(session):
    for order in session.query(Order).order_by(Order.id):
        order.total = None
        try:
            print(order.customer)  # review: eager-load (errors-not-handled)
        except IntegrityError:
            print("?")
