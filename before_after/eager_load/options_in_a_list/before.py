"""A function puts the options that its callers ask for into a list, and one caller asks for too few."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.models import Order


def orders(customer=True, lines=True):
    statement = select(Order).order_by(Order.id)
    options = []
    if customer:
        options.append(joinedload(Order.customer))
    if lines:
        options.append(selectinload(Order.lines))
    if options:
        statement = statement.options(*options)
    return statement


def names(session):
    found = []
    for order in session.scalars(orders(customer=False)).all():
        found.append((order.customer.name if order.customer else None, len(order.lines)))
    return found


def names_at_once(session):
    found = []
    for order in session.scalars(orders()).all():
        found.append((order.customer.name if order.customer else None, len(order.lines)))
    return found
