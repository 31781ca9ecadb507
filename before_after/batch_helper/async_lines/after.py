"""An async helper asks for the lines of an order, and says so in its docstring."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.models import Order, OrderLine


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


async def order_lines_by_order_id(
    session: AsyncSession, orders: Iterable[Order]
) -> dict[int, list[OrderLine]]:
    """Fetch what largest_line() looks up for all of these orders."""
    order_lines: dict[int, list[OrderLine]] = {}
    for order_ids in _chunks(order.id for order in orders):
        for order_line in await session.scalars(
            select(OrderLine).where(OrderLine.order_id.in_(order_ids)).order_by(OrderLine.id)
        ):
            order_lines.setdefault(order_line.order_id, []).append(order_line)
    return order_lines


async def largest_line(
    session: AsyncSession, order: Order, *, order_lines: Optional[dict[int, list[OrderLine]]] = None
) -> Optional[int]:
    """The largest quantity of an order.

    Args:
        session: an open session.
        order: the order
            that is meant.
        order_lines: what order_lines_by_order_id() has found, for many calls at once

    Returns:
        None if the order has no lines.
    """
    if order_lines is None:
        order_lines = await order_lines_by_order_id(session, [order])
    return max((line.quantity for line in order_lines.get(order.id, [])), default=None)


async def largest_lines(session: AsyncSession) -> dict[int, Optional[int]]:
    orders = (await session.scalars(select(Order).order_by(Order.id))).all()
    order_lines = await order_lines_by_order_id(session, orders)
    return {
        order.id: await largest_line(session, order, order_lines=order_lines) for order in orders
    }
