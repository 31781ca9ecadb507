"""Of the lines of each order only their number and a sum are used, so the database can tell them."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Order, OrderLine


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def sizes_of_orders(session: Session) -> list[tuple[str, int, int]]:
    result = []
    orders = session.scalars(select(Order).order_by(Order.id)).all()
    order_line_totals: dict[int, tuple[int, int]] = {}
    for order_ids in _chunks(order.id for order in orders):
        for order_id, order_line_count, total_quantity in session.execute(
            select(OrderLine.order_id, func.count(), func.sum(OrderLine.quantity))
            .where(OrderLine.order_id.in_(order_ids))
            .group_by(OrderLine.order_id)
        ):
            order_line_totals[order_id] = (order_line_count, total_quantity)
    for order in orders:
        # what was bought
        order_line_count, total_quantity = order_line_totals.get(order.id, (0, 0))
        if not order_line_count:
            continue
        result.append((order.number, order_line_count, total_quantity))
    return result
