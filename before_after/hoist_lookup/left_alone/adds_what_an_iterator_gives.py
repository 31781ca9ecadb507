"""A function adds a condition on what may be an iterator, which the first query uses up."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Order


def with_numbers(stmt, numbers):
    return stmt.where(Order.number.in_(numbers))


def counts(session: Session):
    numbers, found = iter(["1", "2"]), []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        stmt = select(func.count(Order.id)).where(Order.customer_id == customer.id)
        found.append(session.scalar(with_numbers(stmt, numbers)))  # found: hoist-lookup (writable)
    return found
