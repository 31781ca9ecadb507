"""The queries of a repository are handed to functions that add conditions."""

from dataclasses import dataclass
from typing import Any, Optional

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, OrderStatus


@dataclass
class Params:
    status: Optional[OrderStatus] = None
    mine: Optional[int] = None


def apply_filters(stmt: Any, params: Params) -> Any:
    if params.status is not None:
        stmt = stmt.where(Order.status == params.status)
    if params.mine is not None:
        stmt = stmt.where(Order.customer_id == params.mine)
    return stmt


class Orders:
    def __init__(self, session: Session) -> None:
        self.session = session

    def numbers(self, customer_id: int, params: Params) -> list[int]:
        stmt = select(Order).where(Order.customer_id == customer_id)
        stmt = apply_filters(stmt, params)
        return [order.id for order in self.session.scalars(stmt.order_by(Order.id))]

    def count(self, customer_id: int, params: Params) -> Any:
        stmt = select(func.count(Order.id)).where(Order.customer_id == customer_id)
        return self.session.scalar(apply_filters(stmt, params))


def overview(session: Session, params: Params) -> list[tuple[str, list[int], int]]:
    orders = Orders(session)
    lines = []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        found = orders.numbers(customer.id, params)
        lines.append((customer.email, found, orders.count(customer.id, params)))
    return lines
