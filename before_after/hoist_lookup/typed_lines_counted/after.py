"""How many lines each order of a typed shop has, as a number that async code asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.models import Order, OrderLine


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


async def line_counts(session: AsyncSession) -> dict[int, Optional[int]]:
    counts: dict[int, Optional[int]] = {}
    orders = (await session.scalars(select(Order).order_by(Order.id))).all()
    order_line_counts: dict[int, int] = {}
    for order_ids in _chunks(order.id for order in orders):
        for order_id, count in await session.execute(
            select(OrderLine.order_id, func.count(OrderLine.id))
            .where(OrderLine.order_id.in_(order_ids))
            .group_by(OrderLine.order_id)
        ):
            order_line_counts[order_id] = count
    for order in orders:
        # 0 for an order without lines
        counts[order.id] = order_line_counts.get(order.id, 0)
    return counts
