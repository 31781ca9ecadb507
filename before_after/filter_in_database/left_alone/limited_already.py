"""A second LIMIT would take the place of the one that is there; the last row needs another order."""

from shop.models import Order


def five_of_two(session):
    return session.query(Order).order_by(Order.id).limit(2).all()[:5]


def of_a_page(session):
    orders = session.query(Order).order_by(Order.id).offset(10).limit(10).all()
    return [order.number for order in orders if order.customer_id is None]


def last(session):
    return session.query(Order).order_by(Order.id).all()[-1]  # review: filter-in-database (last-row)


def from_the_third(session):
    return session.query(Order).order_by(Order.id).all()[2:]


def first_and_all(session):
    orders = session.query(Order).order_by(Order.id).all()
    return orders[0], len(orders)
