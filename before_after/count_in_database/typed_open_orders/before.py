"""2.0 style with annotations: a statement in a variable, its rows measured and tested."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderStatus


def open_orders(session: Session, customer_id: int | None = None) -> str:
    statement = select(Order).where(Order.status == OrderStatus.NEW)
    if customer_id is not None:
        statement = statement.where(Order.customer_id == customer_id)
    orders = session.scalars(statement.order_by(Order.id)).all()
    if not orders:
        return "no open orders"
    return f"{len(orders)} of {how_many(session)} orders"


def how_many(session: Session) -> int:
    return len(session.scalars(select(Order).order_by(Order.placed_on)).all())
