"""Functions of another file add conditions to the queries of a loop."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Optional

import filters
from filters import Period, in_period, not_cancelled, open_in, priced
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, OrderLine


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Report:
    def __init__(self, session: Session, period: Period) -> None:
        self.session = session
        self.period = period

    def _customers(self) -> list[Customer]:
        return list(self.session.scalars(select(Customer).order_by(Customer.id)))

    def _mine(self, stmt: Any) -> Any:
        return in_period(stmt, self.period)

    def counts(self) -> dict[str, int]:
        counts = {}
        customers = self._customers()
        order_counts: dict[int | None, int] = {}
        for customer_ids in _chunks(customer.id for customer in customers):
            stmt = select(Order.customer_id, func.count(Order.id)).where(
                Order.customer_id.in_(customer_ids)
            )
            stmt = in_period(stmt, self.period)
            stmt = not_cancelled(stmt, Order)
            for customer_id, count in self.session.execute(stmt.group_by(Order.customer_id)):
                order_counts[customer_id] = count
        for customer in customers:
            counts[customer.email] = order_counts.get(customer.id, 0)
        return counts

    def open_orders(self) -> dict[str, list[int]]:
        result = {}
        customers = self._customers()
        orders_by_customer_id: dict[int | None, list[Order]] = {}
        for customer_ids in _chunks(customer.id for customer in customers):
            for order in self.session.scalars(
                open_in(
                    select(Order).where(Order.customer_id.in_(customer_ids)), self.period
                ).order_by(Order.id)
            ):
                orders_by_customer_id.setdefault(order.customer_id, []).append(order)
        for customer in customers:
            rows = orders_by_customer_id.get(customer.id, [])
            result[customer.email] = [row.id for row in rows]
        return result

    def last_days(self) -> dict[str, Optional[date]]:
        customers = self._customers()
        order_maxes: dict[int | None, Any] = {}
        for customer_ids in _chunks(customer.id for customer in customers):
            for customer_id, value in self.session.execute(
                self._mine(select(Order.customer_id, func.max(Order.placed_on)))
                .where(Order.customer_id.in_(customer_ids))
                .group_by(Order.customer_id)
            ):
                order_maxes[customer_id] = value
        return {customer.email: order_maxes.get(customer.id) for customer in customers}

    def seen_by(self, user: Optional[Customer]) -> list[int]:
        """How many lines each order has that the user may see."""
        orders = self.session.scalars(
            filters.visible_to(select(Order), user).order_by(Order.id)
        ).all()
        order_line_counts: dict[int, int] = {}
        for order_ids in _chunks(order.id for order in orders):
            for order_id, count in self.session.execute(
                priced(
                    select(OrderLine.order_id, func.count(OrderLine.id)).where(
                        OrderLine.order_id.in_(order_ids)
                    )
                ).group_by(OrderLine.order_id)
            ):
                order_line_counts[order_id] = count
        return [order_line_counts.get(order.id, 0) for order in orders]


def with_orders(session: Session, period: Period, mine: bool, user: Customer) -> list[str]:
    emails = []
    customers = session.scalars(select(Customer).order_by(Customer.id)).all()
    known_customer_ids: set[int | None] = set()
    for customer_ids in _chunks(customer.id for customer in customers):
        stmt = select(Order.customer_id).where(Order.customer_id.in_(customer_ids))
        if mine:
            # others see nothing of them
            stmt = filters.visible_to(stmt, user)
        stmt = in_period(stmt, period)
        known_customer_ids.update(session.scalars(stmt.distinct()))
    for customer in customers:
        if customer.id in known_customer_ids:
            emails.append(customer.email)
    return emails
