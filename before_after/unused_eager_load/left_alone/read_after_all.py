"""Relationships that are read: by a caller, by a property, on rows of another query."""

from shop.models import Customer, Order
from sqlalchemy.orm import joinedload, selectinload


def orders_of(session):
    return session.query(Order).options(selectinload(Order.lines)).all()


def numbers(session):
    return [order.number for order in orders_of(session)]


def quantities(session):
    return [line.quantity for order in orders_of(session) for line in order.lines]


def same_rows_again(session):
    known = session.query(Order).options(joinedload(Order.customer)).all()
    found = session.query(Order).order_by(Order.id).first()
    return [order.number for order in known], found.customer


def read_in_a_helper(session):
    return [cities(c) for c in session.query(Customer).options(selectinload(Customer.addresses))]


def cities(customer):
    return customer.name, [address.city for address in customer.addresses]
