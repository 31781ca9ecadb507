"""A loop finds a row by one helper, which has a batch function, and counts what belongs to it by another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from shop.models import Order, OrderLine
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def orders_by_number(session: Session, numbers: Iterable[str]) -> dict[str, Order]:
    orders: dict[str, Order] = {}
    for order in session.scalars(select(Order).where(Order.number.in_(list(numbers)))):
        orders[order.number] = order
    return orders


def find_order(
    session: Session, number: str, *, orders: Optional[dict[str, Order]] = None
) -> Optional[Order]:
    if orders is None:
        orders = orders_by_number(session, [number])
    order = orders.get(number)
    if order is None:
        return None
    return order


def order_line_sums_by_order_id(session: Session, order_ids: Iterable[int]) -> dict[int, Any]:
    """Fetch what quantity_of() looks up for all of these order ids."""
    order_line_sums: dict[int, Any] = {}
    for chunk in _chunks(order_ids):
        for order_id, value in session.execute(
            select(OrderLine.order_id, func.sum(OrderLine.quantity))
            .where(OrderLine.order_id.in_(chunk))
            .group_by(OrderLine.order_id)
        ):
            order_line_sums[order_id] = value
    return order_line_sums


def quantity_of(
    session: Session, order_id: int, *, order_line_sums: dict[int, Any] | None = None
) -> int:
    if order_line_sums is None:
        order_line_sums = order_line_sums_by_order_id(session, [order_id])
    return order_line_sums.get(order_id) or 0


def quantities(session: Session, numbers: list[str]) -> dict[str, int]:
    found = {}
    orders = orders_by_number(session, numbers)
    order_line_sums = order_line_sums_by_order_id(
        session,
        [
            orders[number].id
            for number in numbers
            if number in orders and orders[number].customer_id
        ],
    )
    for number in numbers:
        order = find_order(session, number, orders=orders)
        if order is None or not order.customer_id:
            continue
        found[number] = quantity_of(session, order.id, order_line_sums=order_line_sums)
    return found
