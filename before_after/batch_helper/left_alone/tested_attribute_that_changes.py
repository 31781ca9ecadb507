"""The loop assigns what a test in the helper reads, which decides on a condition of its query."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Order


@dataclass
class Params:
    large: bool = False


def count(session: Session, customer_id: int, params: Params):
    stmt = select(func.count(Order.id)).where(Order.customer_id == customer_id)
    if params.large:
        stmt = stmt.where(Order.total > 100)
    return session.scalar(stmt)


def counts(session: Session):
    params, found = Params(), []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        found.append(count(session, customer.id, params))  # found: batch-helper (same-arguments)
        params.large = True
    return found
