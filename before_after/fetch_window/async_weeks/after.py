"""The orders of each week are counted, and the paid ones of them listed."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order, OrderStatus


async def weeks(session: AsyncSession, first: date, count: int) -> list[tuple[object, ...]]:
    found = []
    orders = (await session.execute(select(Order.placed_on))).all()
    all_orders = (
        await session.execute(
            select(Order.placed_on, Order.number)
            .where(Order.status == OrderStatus.PAID)
            .order_by(Order.number)
        )
    ).all()
    for number in range(count):
        start = first + timedelta(weeks=number)
        end = start + timedelta(weeks=1)
        placed = sum(1 for order in orders if order.placed_on >= start and order.placed_on < end)
        paid = [order for order in all_orders if start <= order.placed_on <= end]
        found.append((placed, len(paid), [order.number for order in paid]))
    return found
