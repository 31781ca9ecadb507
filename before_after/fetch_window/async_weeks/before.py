"""The orders of each week are counted, and the paid ones of them listed."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order, OrderStatus


async def weeks(session: AsyncSession, first: date, count: int) -> list[tuple[object, ...]]:
    found = []
    for number in range(count):
        start = first + timedelta(weeks=number)
        end = start + timedelta(weeks=1)
        placed = await session.scalar(
            select(func.count(Order.id)).where(Order.placed_on >= start, Order.placed_on < end)
        )
        paid = (
            (
                await session.execute(
                    select(Order)
                    .where(
                        Order.placed_on.between(start, end),
                        Order.status == OrderStatus.PAID,
                    )
                    .order_by(Order.number)
                )
            )
            .scalars()
            .all()
        )
        found.append((placed, len(paid), [order.number for order in paid]))
    return found
