"""Rows of two columns are unpacked in an inner loop, in async code."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order, Payment


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


async def amounts(session: AsyncSession) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    orders = (await session.scalars(select(Order).order_by(Order.id))).all()
    payments_by_order_id: dict[int, list[Any]] = {}
    for order_ids in _chunks(order.id for order in orders):
        for payment in await session.execute(
            select(Payment.method, Payment.amount, Payment.order_id)
            .where(Payment.order_id.in_(order_ids))
            .order_by(Payment.id)
        ):
            payments_by_order_id.setdefault(payment.order_id, []).append(payment[:2])
    for order in orders:
        payments = payments_by_order_id.get(order.id, [])
        for method, amount in payments:
            found.setdefault(method, []).append(f"{order.number}: {amount}")
    return found
