"""An endpoint of FastAPI gets a repository and awaits a lazy load for each row."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from shop_typed.db import AsyncSessionLocal
from shop_typed.models import Order

router = APIRouter()


async def get_session() -> AsyncIterator[AsyncSession]:
    async with AsyncSessionLocal() as session:
        yield session


class OrderRepository:
    def __init__(self, session: AsyncSession = Depends(get_session)) -> None:
        self.session = session

    async def all(self) -> Sequence[Order]:
        result = await self.session.execute(
            select(Order).options(selectinload(Order.lines)).order_by(Order.id)
        )
        return result.scalars().all()


@router.get("/orders")
async def list_orders(orders: OrderRepository = Depends()) -> list[dict[str, Any]]:
    found = []
    for order in await orders.all():
        lines = await order.awaitable_attrs.lines
        found.append({"id": order.id, "pieces": sum(line.quantity for line in lines)})
    return found
