"""In async code the read raises today, for every payment."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Payment


async def orders(session: AsyncSession):
    found = []
    for payment in (await session.scalars(select(Payment).order_by(Payment.id))).all():
        found.append(payment.order.id)  # review: use-foreign-key (rows-stay-loaded)
    return found
