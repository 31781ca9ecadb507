"""Async code: the result in one statement, its rows in the next."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order, OrderStatus


async def paid_orders(session: AsyncSession, customer_id: int):
    total = (
        await session.execute(
            select(func.count())
            .select_from(Order)
            .where(Order.status == OrderStatus.PAID, Order.customer_id >= customer_id)
        )
    ).scalar_one()
    return {"paid": total}
