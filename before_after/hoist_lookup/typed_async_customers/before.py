"""Async code of a typed shop asks for the customer of each order that has one."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.models import Customer, Order


async def mails(session: AsyncSession) -> list[str]:
    found: list[str] = []
    orders = await session.scalars(select(Order).order_by(Order.placed_on, Order.id))
    for position, order in enumerate(orders, start=1):
        if order.customer_id is None:
            continue
        customer = await session.scalar(select(Customer).where(Customer.id == order.customer_id))
        if customer is not None:
            found.append(f"{position}: {customer.email}")
    return found
