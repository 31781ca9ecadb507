"""The lines of each order of a typed shop, in lists that an annotated method gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderLine


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Packing:
    def __init__(self, session: Session) -> None:
        self._session = session

    def lists(self) -> list[tuple[int, list[int]]]:
        result: list[tuple[int, list[int]]] = []
        orders = self._session.scalars(select(Order).order_by(Order.id)).all()
        order_lines_by_order_id: dict[int, list[OrderLine]] = {}
        for order_ids in _chunks(order.id for order in orders):
            for order_line in self._session.scalars(
                select(OrderLine).where(OrderLine.order_id.in_(order_ids)).order_by(OrderLine.id)
            ):
                order_lines_by_order_id.setdefault(order_line.order_id, []).append(order_line)
        for order in orders:
            lines = order_lines_by_order_id.get(order.id, [])
            result.append((order.id, [line.quantity for line in lines]))
        return result
