"""Typed models and annotated variables."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderStatus


def overview(session: Session, day: date) -> dict[str, object]:
    paid, late, placed_on_min = session.execute(
        select(
            func.count(case((Order.status == OrderStatus.PAID, 1))),
            func.count(case((and_(Order.status == OrderStatus.NEW, Order.placed_on < day), 1))),
            func.min(case((Order.customer_id.is_not(None), Order.placed_on))),
        )
    ).one()
    first: date | None = placed_on_min
    return {"paid": paid, "late": late, "first": first}
