"""2.0 style with annotations, and the answer as a value."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, OrderStatus


def can_order(session: Session, customer: Customer) -> bool:
    unpaid = session.scalars(
        select(Order)
        .where(Order.customer_id == customer.id, Order.status == OrderStatus.NEW)
        .order_by(Order.placed_on)
    ).all()
    return not unpaid


def has_buyers(session: Session) -> bool:
    found = len(session.execute(select(Customer.id).join(Customer.orders)).all()) >= 1
    return found
