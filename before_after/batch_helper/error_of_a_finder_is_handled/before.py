"""A loop finds orders and counts their lines, and goes on after the error of one that there is not."""

from shop.models import Order, OrderLine
from sqlalchemy import func, select
from sqlalchemy.orm import Session


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


def lines_of(session: Session, order_id: int) -> int:
    return session.scalar(select(func.count(OrderLine.id)).where(OrderLine.order_id == order_id)) or 0


def line_counts(session: Session, numbers: list[str]) -> dict[str, int]:
    counts = {}
    orders = orders_by_number(session, numbers)
    for number in numbers:
        try:
            order = find_order(session, number, orders=orders)
            counts[number] = lines_of(session, order.id)
        except LookupError:
            counts[number] = 0
    return counts
