"""An order is fetched again by the key with which it was, and by its own."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderStatus


def is_open(session: Session, order_id: int) -> bool:
    order = session.scalars(select(Order).where(Order.id == order_id)).first()
    if order is None:
        return False
    customer_id = order.customer_id

    found = order
    again = order
    if found is None or again is None:
        return False
    return found.status is OrderStatus.NEW and again.customer_id == customer_id


def numbers(session: Session, customer_id: int) -> tuple[list[int], int]:
    orders = session.scalars(
        select(Order).where(Order.customer_id == customer_id).order_by(Order.id)
    ).all()
    keys = [order.id for order in orders]
    return keys, len(orders)
