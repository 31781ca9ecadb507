"""Streamed orders, and the customer of each by awaitable_attrs."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.models import Order


async def emails(session: AsyncSession) -> list[tuple[int, str | None]]:
    result = []
    async for order in await session.stream_scalars(select(Order).order_by(Order.id)):
        customer = await order.awaitable_attrs.customer
        result.append((order.id, customer.email if customer is not None else None))
    return result
