"""A loop finds orders and counts their lines, and goes on after the error of one that there is not."""

from collections.abc import Iterable, Iterator
from typing import Any

from shop.models import Order, OrderLine
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def orders_by_number(session: Session, numbers: list[str]) -> dict[str, Order]:
    found = session.scalars(select(Order).where(Order.number.in_(numbers)))
    return {order.number: order for order in found}


def find_order(session: Session, number: str, *, orders: dict[str, Order] | None = None) -> Order:
    if orders is None:
        orders = orders_by_number(session, [number])
    order = orders.get(number)
    if order is None:
        raise LookupError(number)
    return order


def order_line_counts_by_order_id(session: Session, order_ids: Iterable[int]) -> dict[int, int]:
    """Fetch what lines_of() looks up for all of these order ids."""
    order_line_counts: dict[int, int] = {}
    for chunk in _chunks(order_ids):
        for order_id, count in session.execute(
            select(OrderLine.order_id, func.count(OrderLine.id))
            .where(OrderLine.order_id.in_(chunk))
            .group_by(OrderLine.order_id)
        ):
            order_line_counts[order_id] = count
    return order_line_counts


def lines_of(
    session: Session, order_id: int, *, order_line_counts: dict[int, int] | None = None
) -> int:
    if order_line_counts is None:
        order_line_counts = order_line_counts_by_order_id(session, [order_id])
    return order_line_counts.get(order_id, 0) or 0


def line_counts(session: Session, numbers: list[str]) -> dict[str, int]:
    counts = {}
    orders = orders_by_number(session, numbers)
    order_line_counts = order_line_counts_by_order_id(
        session, [orders[number].id for number in numbers if number in orders]
    )
    for number in numbers:
        try:
            order = find_order(session, number, orders=orders)
            counts[number] = lines_of(session, order.id, order_line_counts=order_line_counts)
        except LookupError:
            counts[number] = 0
    return counts
