"""2.0 style with annotations: a statement in a variable, its rows measured and tested."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderStatus


def open_orders(session: Session, customer_id: int | None = None) -> str:
    statement = select(Order).where(Order.status == OrderStatus.NEW)
    if customer_id is not None:
        statement = statement.where(Order.customer_id == customer_id)
    order_count = session.execute(
        select(func.count()).select_from(statement.subquery())
    ).scalar_one()
    if not order_count:
        return "no open orders"
    return f"{order_count} of {how_many(session)} orders"


def how_many(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Order)).scalar_one()
