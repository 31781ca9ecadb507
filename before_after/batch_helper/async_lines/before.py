"""An async helper asks for the lines of an order, and says so in its docstring."""

from typing import Optional

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.models import Order, OrderLine


async def largest_line(session: AsyncSession, order: Order) -> Optional[int]:
    """The largest quantity of an order.

    Args:
        session: an open session.
        order: the order
            that is meant.

    Returns:
        None if the order has no lines.
    """
    result = await session.scalars(
        select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
    )
    return max((line.quantity for line in result.all()), default=None)


async def largest_lines(session: AsyncSession) -> dict[int, Optional[int]]:
    orders = (await session.scalars(select(Order).order_by(Order.id))).all()
    return {order.id: await largest_line(session, order) for order in orders}
