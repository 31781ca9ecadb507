"""A function that adds conditions reads what may be None, after the loop has begun."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Order


def seen_by(stmt, user):
    return stmt.where(Order.customer_id == user.id)


def counts(session: Session):
    user = session.scalars(select(Customer).where(Customer.email == "admin")).first()
    found = []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        print(customer.name)
        stmt = select(func.count(Order.id)).where(Order.customer_id == customer.id)
        found.append(session.scalar(seen_by(stmt, user)))  # review: hoist-lookup (query-invariant)
    return found
