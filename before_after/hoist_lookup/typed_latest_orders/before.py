"""The newest order of each customer of a typed shop: one row per key, by a total order."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order


def newest(session: Session) -> dict[str, str]:
    found: dict[str, str] = {}
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        last = session.scalars(
            select(Order)
            .where(Order.customer_id == customer.id)
            .order_by(Order.placed_on.desc(), Order.id)
        ).first()
        if last is not None:
            found[customer.email] = f"{last.id}: {last.status.value}"
    return found
