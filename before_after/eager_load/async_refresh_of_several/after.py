"""One refresh for each row loads several relationships."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from shop_typed.models import Order


async def totals(session: AsyncSession) -> list[tuple[int, str, int]]:
    result = []
    for order in (
        await session.scalars(
            select(Order)
            .options(selectinload(Order.customer), selectinload(Order.lines))
            .order_by(Order.id)
        )
    ).all():
        name = order.customer.name if order.customer else None
        result.append((order.id, name or "", sum(line.quantity for line in order.lines)))
    return result
