"""The options that load it are put into a list first, where the caller asks for them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.models import Order


def orders(customer=True, lines=True):
    statement = select(Order)
    options = []
    if customer:
        options.append(joinedload(Order.customer))
    if lines:
        options.append(selectinload(Order.lines))
    if options:
        statement = statement.options(*options)
    return statement


def all_of_them(session):
    return [(o.customer, len(o.lines)) for o in session.scalars(orders()).all()]


def as_it_is_wanted(session, lines):
    found = []
    for order in session.scalars(orders(lines=lines)).all():
        found.append((order.customer, len(order.lines) if lines else None))
    return found


def at_once(session):
    options = [joinedload(Order.customer), joinedload(Order.address)]
    return [(o.customer, o.address) for o in session.scalars(select(Order).options(*options))]
