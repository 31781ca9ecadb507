"""The queries of a repository are handed to functions that add conditions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Optional

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, OrderStatus


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


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

    def orders_by_customer_id(
        self, customer_ids: Iterable[int], params: Params
    ) -> "dict[int | None, list[Order]]":
        """Fetch what numbers() looks up for all of these customer ids."""
        orders: dict[int | None, list[Order]] = {}
        for chunk in _chunks(customer_ids):
            stmt = select(Order).where(Order.customer_id.in_(chunk))
            stmt = apply_filters(stmt, params)
            for order in self.session.scalars(stmt.order_by(Order.id)):
                orders.setdefault(order.customer_id, []).append(order)
        return orders

    def numbers(
        self,
        customer_id: int,
        params: Params,
        *,
        orders: "dict[int | None, list[Order]] | None" = None
    ) -> list[int]:
        if orders is None:
            orders = self.orders_by_customer_id([customer_id], params)
        return [order.id for order in orders.get(customer_id, [])]

    def order_counts_by_customer_id(
        self, customer_ids: Iterable[int], params: Params
    ) -> "dict[int | None, int]":
        """Fetch what count() looks up for all of these customer ids."""
        order_counts: dict[int | None, int] = {}
        for chunk in _chunks(customer_ids):
            for customer_id, count in self.session.execute(
                apply_filters(
                    select(Order.customer_id, func.count(Order.id)).where(
                        Order.customer_id.in_(chunk)
                    ),
                    params,
                ).group_by(Order.customer_id)
            ):
                order_counts[customer_id] = count
        return order_counts

    def count(
        self,
        customer_id: int,
        params: Params,
        *,
        order_counts: "dict[int | None, int] | None" = None
    ) -> Any:
        if order_counts is None:
            order_counts = self.order_counts_by_customer_id([customer_id], params)
        return order_counts.get(customer_id, 0)


def overview(session: Session, params: Params) -> list[tuple[str, list[int], int]]:
    orders = Orders(session)
    lines = []
    customers = session.scalars(select(Customer).order_by(Customer.id)).all()
    found_orders = orders.orders_by_customer_id([customer.id for customer in customers], params)
    order_counts = orders.order_counts_by_customer_id(
        [customer.id for customer in customers], params
    )
    for customer in customers:
        found = orders.numbers(customer.id, params, orders=found_orders)
        lines.append(
            (customer.email, found, orders.count(customer.id, params, order_counts=order_counts))
        )
    return lines
