"""A function that adds a condition reads what the loop assigns."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Order


@dataclass
class Params:
    large: bool = False


def apply_filters(stmt, params: Params):
    if params.large:
        stmt = stmt.where(Order.total > 100)
    return stmt


def count(session: Session, customer_id: int, params: Params):
    stmt = select(func.count(Order.id)).where(Order.customer_id == customer_id)
    return session.scalar(apply_filters(stmt, params))


def counts(session: Session):
    params, found = Params(), []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        found.append(count(session, customer.id, params))  # found: batch-helper (same-arguments)
        params.large = True
    return found
