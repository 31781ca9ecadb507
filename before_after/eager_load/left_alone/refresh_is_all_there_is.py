"""The loop would be empty without the refresh."""
# pyproject: sqlalchemy = ">=2.0.4"

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order


async def names(session: AsyncSession):
    orders = (await session.execute(select(Order).order_by(Order.id))).scalars().all()
    for order in orders:
        await session.refresh(order, ["customer"])  # found: eager-load (query-takes-options)
    return [order.customer.name for order in orders]
