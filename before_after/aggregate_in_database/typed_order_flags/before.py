"""2.0 style with annotations: tests of the rows, one by one, become one EXISTS."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderLine, OrderStatus


def all_paid(session: Session, day: date) -> bool:
    orders = session.scalars(select(Order).where(Order.placed_on >= day)).all()
    return all(order.status == OrderStatus.PAID or order.customer_id is None for order in orders)


def total(session: Session, order_id: int) -> int:
    lines = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)
    return sum(line.quantity for line in session.scalars(lines))


def has_late_orders(session: Session, day: date) -> bool:
    return any(order.placed_on > day for order in session.scalars(select(Order)))


def most_of(session: Session, order_id: int) -> int:
    lines = session.scalars(select(OrderLine).filter_by(order_id=order_id))
    return max((line.quantity for line in lines), default=0)
