"""Async queries."""

from collections.abc import Sequence

from fastapi import Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.db import AsyncSessionLocal
from shop_typed.models import Order


async def get_session():
    async with AsyncSessionLocal() as session:
        yield session


class OrderRepository:
    def __init__(self, session: AsyncSession = Depends(get_session)) -> None:
        self.session = session

    async def all(self) -> Sequence[Order]:
        result = await self.session.execute(select(Order).order_by(Order.id))
        return result.scalars().all()
