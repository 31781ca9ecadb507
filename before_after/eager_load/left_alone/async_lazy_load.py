"""In async code a lazy load without await raises, so that the code can't have worked."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order


async def names(session: AsyncSession):
    orders = (await session.execute(select(Order).order_by(Order.id))).scalars().all()
    return [order.customer for order in orders]  # review: eager-load (loads-today)


async def refreshed(session: AsyncSession):
    orders = (await session.execute(select(Order).order_by(Order.id))).scalars().all()
    for order in orders:
        await session.refresh(order, ["customer"])  # review: eager-load (loads-today)
        print(order.customer)
