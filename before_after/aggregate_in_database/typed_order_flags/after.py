"""2.0 style with annotations: tests of the rows, one by one, become one EXISTS."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderLine, OrderStatus


def all_paid(session: Session, day: date) -> bool:
    return not session.execute(
        select(
            select(Order)
            .where(Order.placed_on >= day)
            .where(Order.status != OrderStatus.PAID, Order.customer_id.isnot(None))
            .exists()
        )
    ).scalar_one()


def total(session: Session, order_id: int) -> int:
    lines = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)
    return session.execute(
        lines.with_only_columns(func.coalesce(func.sum(OrderLine.quantity), 0)).order_by(None)
    ).scalar_one()


def has_late_orders(session: Session, day: date) -> bool:
    return session.execute(select(select(Order).where(Order.placed_on > day).exists())).scalar_one()


def most_of(session: Session, order_id: int) -> int:
    return session.execute(
        select(OrderLine)
        .filter_by(order_id=order_id)
        .with_only_columns(func.coalesce(func.max(OrderLine.quantity), 0))
    ).scalar_one()
