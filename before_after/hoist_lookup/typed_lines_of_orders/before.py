"""The lines of each order of a typed shop, in lists that an annotated method gives back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderLine


class Packing:
    def __init__(self, session: Session) -> None:
        self._session = session

    def lists(self) -> list[tuple[int, list[int]]]:
        result: list[tuple[int, list[int]]] = []
        orders = self._session.scalars(select(Order).order_by(Order.id)).all()
        for order in orders:
            lines = self._session.scalars(
                select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
            ).all()
            result.append((order.id, [line.quantity for line in lines]))
        return result
