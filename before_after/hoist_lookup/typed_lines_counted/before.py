"""How many lines each order of a typed shop has, as a number that async code asks for."""

from __future__ import annotations

from typing import Optional

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.models import Order, OrderLine


async def line_counts(session: AsyncSession) -> dict[int, Optional[int]]:
    counts: dict[int, Optional[int]] = {}
    for order in (await session.scalars(select(Order).order_by(Order.id))).all():
        # 0 for an order without lines
        counts[order.id] = await session.scalar(
            select(func.count(OrderLine.id)).where(OrderLine.order_id == order.id)
        )
    return counts
