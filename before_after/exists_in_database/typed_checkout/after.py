"""2.0 style with annotations, and the answer as a value."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, OrderStatus


def can_order(session: Session, customer: Customer) -> bool:
    return not session.execute(
        select(
            select(Order)
            .where(Order.customer_id == customer.id, Order.status == OrderStatus.NEW)
            .exists()
        )
    ).scalar_one()


def has_buyers(session: Session) -> bool:
    found = session.execute(select(select(Customer.id).join(Customer.orders).exists())).scalar_one()
    return found
