"""What a test asks first spares the lookup behind it, which is then fetched for the other items."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from shop.models import Customer, Order, OrderLine


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def of_regulars(session: Session) -> list[int]:
    found = []
    orders = session.query(Order).order_by(Order.id).all()
    vips: dict[int | None, bool] = {}
    for ids in _chunks(
        order.customer_id for order in orders if order.customer_id is not None and order.id > 0
    ):
        for customer in session.query(Customer.vip, Customer.id).filter(Customer.id.in_(ids)):
            vips[customer.id] = customer.vip
    for order in orders:
        if order.customer_id is not None and order.id > 0 and vips.get(order.customer_id):
            found.append(order.id)
    return found


def complete(session: Session) -> list[str]:
    orders = session.query(Order).order_by(Order.id).all()
    order_line_counts: dict[int, int] = {}
    for order_ids in _chunks(order.id for order in orders if order.customer_id is not None):
        for order_id, count in (
            session.query(OrderLine.order_id, func.count())
            .filter(OrderLine.order_id.in_(order_ids))
            .group_by(OrderLine.order_id)
        ):
            order_line_counts[order_id] = count
    return [
        order.number
        for order in orders
        if not (
            order.customer_id is not None
            and order_line_counts.get(order.id, 0) < 2
        )
    ]
