"""An endpoint of FastAPI answers with what it has added up."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.db import AsyncSessionLocal
from shop_typed.models import Order, OrderLine, OrderStatus

router = APIRouter()


async def get_session() -> AsyncIterator[AsyncSession]:
    async with AsyncSessionLocal() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_session)]


@router.get("/orders/{order_id}/pieces")
async def pieces(session: SessionDep, order_id: int) -> int:
    lines = (await session.scalars(select(OrderLine).where(OrderLine.order_id == order_id))).all()
    return sum(line.quantity for line in lines)


@router.get("/orders/paid")
async def all_paid(session: SessionDep) -> bool:
    orders = (await session.scalars(select(Order).order_by(Order.id))).all()
    return all(order.status == OrderStatus.PAID for order in orders)
