"""2.0 style with annotations: dates, and the different customers of all orders."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderStatus


def since(session: Session, day: date) -> list[int]:
    return [
        order.id
        for order in session.scalars(select(Order).order_by(Order.id).where(Order.placed_on >= day))
    ]


def open_orders(session: Session) -> list[Order]:
    return list(
        session.scalars(
            select(Order).order_by(Order.id).where(Order.status.notin_((OrderStatus.PAID,)))
        )
    )


def buyers(session: Session) -> set[int | None]:
    return set(session.scalars(select(Order.customer_id).distinct()))
