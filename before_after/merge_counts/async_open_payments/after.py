"""Async code: one statement in a variable, awaited again and again."""

from sqlalchemy import case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Payment


async def payments(session: AsyncSession, order_id: int):
    statement = select(func.count(Payment.id)).where(Payment.order_id >= order_id)
    total, open_, small = (
        await session.execute(
            statement.with_only_columns(
                func.count(Payment.id),
                func.count(case((Payment.paid_at.is_(None), 1))),
                func.count(case((or_(Payment.amount < 1, Payment.method == "cash"), 1))),
            )
        )
    ).one()
    return total, open_, small
