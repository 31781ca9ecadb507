"""The key is compared in a function that adds the condition."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Order


def of_customer(stmt, customer_id: int):
    return stmt.where(Order.customer_id == customer_id)


def counts(session: Session, customer_ids: list[int]):
    found = []
    for customer_id in customer_ids:
        stmt = of_customer(select(func.count(Order.id)), customer_id)
        found.append(session.scalar(stmt))  # found: hoist-lookup (writable)
    return found
