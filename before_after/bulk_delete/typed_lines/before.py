"""The lines of an order of which too little was ordered are deleted, in annotated code."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import OrderLine


def tidy(session: Session, order_id: int, least: int = 2) -> int | None:
    lines = session.scalars(
        select(OrderLine).where(OrderLine.order_id == order_id, OrderLine.quantity < least)
    )
    for line in lines:
        session.delete(line)
    return session.scalar(select(func.count()).select_from(OrderLine))
