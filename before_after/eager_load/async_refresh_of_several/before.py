"""One refresh for each row loads several relationships."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.models import Order


async def totals(session: AsyncSession) -> list[tuple[int, str, int]]:
    result = []
    for order in (await session.scalars(select(Order).order_by(Order.id))).all():
        await session.refresh(order, ["customer", "lines"])
        name = order.customer.name if order.customer else None
        result.append((order.id, name or "", sum(line.quantity for line in order.lines)))
    return result
