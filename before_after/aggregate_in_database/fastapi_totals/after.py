"""An endpoint of FastAPI answers with what it has added up."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import func, select
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
    return (
        await session.execute(
            select(func.coalesce(func.sum(OrderLine.quantity), 0)).where(
                OrderLine.order_id == order_id
            )
        )
    ).scalar_one()


@router.get("/orders/paid")
async def all_paid(session: SessionDep) -> bool:
    return not (
        await session.execute(
            select(select(Order).where(Order.status != OrderStatus.PAID).exists())
        )
    ).scalar_one()
