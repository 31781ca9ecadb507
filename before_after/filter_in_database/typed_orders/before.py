"""2.0 style with annotations: dates, and the different customers of all orders."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderStatus


def since(session: Session, day: date) -> list[int]:
    orders = session.scalars(select(Order).order_by(Order.id))
    return [order.id for order in orders if order.placed_on >= day]


def open_orders(session: Session) -> list[Order]:
    orders = session.scalars(select(Order).order_by(Order.id)).all()
    return [order for order in orders if order.status not in (OrderStatus.PAID,)]


def buyers(session: Session) -> set[int | None]:
    return {order.customer_id for order in session.scalars(select(Order).order_by(Order.id))}
