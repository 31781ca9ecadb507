"""Rows of two columns are unpacked in an inner loop, in async code."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order, Payment


async def amounts(session: AsyncSession) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    orders = (await session.scalars(select(Order).order_by(Order.id))).all()
    for order in orders:
        payments = await session.execute(
            select(Payment.method, Payment.amount)
            .where(Payment.order_id == order.id)
            .order_by(Payment.id)
        )
        for method, amount in payments:
            found.setdefault(method, []).append(f"{order.number}: {amount}")
    return found
