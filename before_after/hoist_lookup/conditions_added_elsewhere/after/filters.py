"""Conditions that several queries have."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Optional

from sqlalchemy import select

from shop_typed.models import Customer, Order, OrderStatus, Product, OrderLine

OPEN = (OrderStatus.NEW, OrderStatus.PAID)


@dataclass
class Period:
    start: Optional[date] = None
    end: Optional[date] = None


def in_period(stmt: Any, period: Period) -> Any:
    if period.start is not None:
        stmt = stmt.where(Order.placed_on >= period.start)
    if period.end is not None:
        stmt = stmt.where(Order.placed_on < period.end)
    return stmt


def not_cancelled(stmt: Any, model: type[Order]) -> Any:
    return stmt.where(model.status != OrderStatus.CANCELLED)


def visible_to(stmt: Any, customer: Optional[Customer]) -> Any:
    """The orders of a customer; all of them where nobody is logged in."""
    if customer is None:
        return stmt
    return stmt.where(Order.customer_id == customer.id)


def open_in(stmt: Any, period: Period) -> Any:
    return in_period(stmt.where(Order.status.in_(OPEN)), period)


def priced(stmt: Any) -> Any:
    return stmt.where(OrderLine.product_id.in_(select(Product.id).where(Product.price > 0)))
