"""Async code: the result in one statement, its rows in the next."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from shop.models import Order, OrderStatus


async def paid_orders(session: AsyncSession, customer_id: int):
    result = await session.execute(
        select(Order)
        .where(Order.status == OrderStatus.PAID, Order.customer_id >= customer_id)
        .options(selectinload(Order.lines))
        .order_by(Order.id)
    )
    orders = result.scalars().all()
    total = len(orders)
    return {"paid": total}
