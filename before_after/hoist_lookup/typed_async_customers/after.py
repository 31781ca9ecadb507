"""Async code of a typed shop asks for the customer of each order that has one."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.models import Customer, Order


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


async def mails(session: AsyncSession) -> list[str]:
    found: list[str] = []
    orders = await session.scalars(select(Order).order_by(Order.placed_on, Order.id))
    items = list(enumerate(orders, start=1))
    customers: dict[int | None, Customer] = {}
    for ids in _chunks(
        order.customer_id for position, order in items if order.customer_id is not None
    ):
        for row in await session.scalars(select(Customer).where(Customer.id.in_(ids))):
            customers[row.id] = row
    for position, order in items:
        if order.customer_id is None:
            continue
        customer = customers.get(order.customer_id)
        if customer is not None:
            found.append(f"{position}: {customer.email}")
    return found
