"""The newest order of each customer of a typed shop: one row per key, by a total order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def newest(session: Session) -> dict[str, str]:
    found: dict[str, str] = {}
    customers = session.scalars(select(Customer).order_by(Customer.id)).all()
    orders: dict[int | None, Order] = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        ranked = (
            select(
                Order.id,
                func.row_number()
                .over(partition_by=Order.customer_id, order_by=[Order.placed_on.desc(), Order.id])
                .label("position"),
            )
            .where(Order.customer_id.in_(customer_ids))
            .subquery()
        )
        for order in session.scalars(
            select(Order).join(ranked, Order.id == ranked.c.id).where(ranked.c.position == 1)
        ):
            orders[order.customer_id] = order
    for customer in customers:
        last = orders.get(customer.id)
        if last is not None:
            found[customer.email] = f"{last.id}: {last.status.value}"
    return found
