"""Parts of collections that a query brings, of which a person has to know something."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.models import Customer, Order


def never_sure(session, since: date):
    """Who finds these rows in the session later may read the collection."""
    for customer in session.query(Customer).options(joinedload(Customer.orders)):
        print([o.number for o in customer.orders if o.placed_on >= since])  # review: load-window (whole-not-needed)


def rows_leave(session, since: date):
    customers = session.query(Customer).order_by(Customer.id).all()
    for customer in customers:
        print([o.number for o in customer.orders if o.placed_on >= since])  # review: load-window (whole-not-needed)
    return customers


def without_a_row(session):
    return [
        max(customer.orders, key=lambda order: order.placed_on).number  # review: load-window (some-row)
        for customer in session.query(Customer).order_by(Customer.id)
    ]


def without_the_moment(session, since: datetime):
    """A payment that has no moment raises TypeError in Python."""
    return [
        [payment.id for payment in order.payments if payment.paid_at > since]  # review: load-window (window-in-sql)
        for order in session.query(Order).order_by(Order.id)
    ]


def rounded(session):
    query = session.query(Order).options(selectinload(Order.payments))
    return [
        sum(payment.amount for payment in order.payments)  # review: load-window (window-in-sql)
        for order in query
    ]


def on_some_databases(session):
    query = session.query(Customer).options(selectinload(Customer.orders))
    return [
        max((order.total for order in customer.orders), default=None)  # review: load-window (window-in-sql)
        for customer in query
    ]


def ties(session):
    """Several orders of one day: which of them is the last is not said."""
    found = []
    for customer in session.query(Customer).order_by(Customer.id):
        if customer.orders:
            last = max(customer.orders, key=lambda order: order.placed_on)  # review: load-window (asked-before)
            found.append(last.number)
    return found


def never_tried(session):
    """Nothing stands against it, but nobody has tried what it does to databases."""
    numbers = {}
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        if customer.orders:
            numbers[customer.name] = max(customer.orders, key=lambda order: order.id).number  # review: load-window (measured)
    return numbers
