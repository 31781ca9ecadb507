"""Async code: one statement in a variable, awaited again and again."""

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Payment


async def payments(session: AsyncSession, order_id: int):
    statement = select(func.count(Payment.id)).where(Payment.order_id >= order_id)
    total = await session.scalar(statement)
    open_ = await session.scalar(statement.where(Payment.paid_at.is_(None)))
    small = await session.scalar(statement.where(or_(Payment.amount < 1, Payment.method == "cash")))
    return total, open_, small
