"""`AsyncSession.run_sync()` hands over the session within, which loads lazily as any other."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order


def _positions(session):
    orders = session.scalars(select(Order).order_by(Order.id)).all()
    return {order.id: [line.position for line in order.lines] for order in orders}


async def positions(session: AsyncSession) -> dict[int, list[int]]:
    return await session.run_sync(_positions)
