"""Each order's total is the sum of a generator over its lines, by SQLAlchemy 2.0's select()."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from shop_typed.models import Order


def quantities(session: Session) -> dict[int, int]:
    orders = (
        session.execute(select(Order).options(selectinload(Order.lines)).order_by(Order.id))
        .scalars()
        .all()
    )
    return {order.id: sum(line.quantity for line in order.lines) for order in orders}
