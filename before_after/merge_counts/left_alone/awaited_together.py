"""The counts are coroutines, which something else awaits: a number is none."""

import asyncio

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order


async def counts(session: AsyncSession):
    return await asyncio.gather(
        session.scalar(select(func.count(Order.id)).where(Order.total > 100)),
        session.scalar(select(func.count(Order.id)).where(Order.total < 10)),
    )


async def counts_in_time(session):
    large = session.scalar(select(func.count(Order.id)).where(Order.total > 100))
    small = session.scalar(select(func.count(Order.id)).where(Order.total < 10))
    return await asyncio.wait_for(large, 5), await asyncio.wait_for(small, 5)
