"""The lines of an order of which too little was ordered are deleted, in annotated code."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from shop_typed.models import OrderLine


def tidy(session: Session, order_id: int, least: int = 2) -> int | None:
    session.execute(
        delete(OrderLine)
        .where(OrderLine.order_id == order_id, OrderLine.quantity < least)
        .execution_options(synchronize_session="fetch")
    )
    return session.scalar(select(func.count()).select_from(OrderLine))
