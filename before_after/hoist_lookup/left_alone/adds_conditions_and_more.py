"""Functions that add conditions to a query keep count, read the clock or a variable, or look at it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Order

calls = []
largest = 100


def counted(stmt):
    calls.append(1)
    return stmt.where(Order.total > 0)


def past(stmt):
    return stmt.where(Order.placed_on < datetime.now())


def small(stmt):
    return stmt.where(Order.total < largest)


def grow():
    global largest
    largest += 100


def looked_at(stmt):
    if len(stmt.selected_columns) > 1:
        return stmt.where(Order.total > 0)
    return stmt


def orders(session: Session):
    found = []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        stmt = select(func.count(Order.id)).where(Order.customer_id == customer.id)
        found.append(session.scalar(counted(stmt)))  # found: hoist-lookup (writable)
        found.append(session.scalar(past(stmt)))  # found: hoist-lookup (writable)
        found.append(session.scalar(small(stmt)))  # found: hoist-lookup (writable)
        found.append(session.scalar(looked_at(stmt)))  # found: hoist-lookup (writable)
        grow()
    return found
