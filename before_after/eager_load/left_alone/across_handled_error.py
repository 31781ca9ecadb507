"""Two calls above the read, errors of a lazy load are handled."""

from sqlalchemy.exc import InvalidRequestError

from shop.models import Order


def orders(session):
    return session.query(Order).order_by(Order.id).all()


def city(order):
    return order.address.city if order.address else None  # found: eager-load (errors-not-handled)


def cities(session):
    found = []
    for order in orders(session):
        try:
            found.append(city(order))
        except InvalidRequestError:
            found.append("?")
    return found
