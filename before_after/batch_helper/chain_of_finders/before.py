"""A loop finds a row by one helper, which has a batch function, and counts what belongs to it by another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from shop.models import Order, OrderLine
from sqlalchemy import func, select
from sqlalchemy.orm import Session


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


def quantity_of(session: Session, order_id: int) -> int:
    asked = select(func.sum(OrderLine.quantity)).where(OrderLine.order_id == order_id)
    return session.scalar(asked) or 0


def quantities(session: Session, numbers: list[str]) -> dict[str, int]:
    found = {}
    orders = orders_by_number(session, numbers)
    for number in numbers:
        order = find_order(session, number, orders=orders)
        if order is None or not order.customer_id:
            continue
        found[number] = quantity_of(session, order.id)
    return found
