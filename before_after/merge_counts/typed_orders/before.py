"""Typed models and annotated variables."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderStatus


def overview(session: Session, day: date) -> dict[str, object]:
    paid: int = session.scalars(
        select(func.count(Order.id)).where(Order.status == OrderStatus.PAID)
    ).one()
    late: int = session.scalars(
        select(func.count(Order.id)).where(Order.status == OrderStatus.NEW, Order.placed_on < day)
    ).one()
    first: date | None = session.scalars(
        select(func.min(Order.placed_on)).where(Order.customer_id.is_not(None))
    ).one()
    return {"paid": paid, "late": late, "first": first}
