"""Functions of another file add conditions to the queries of a loop."""

from datetime import date
from typing import Any, Optional

import filters
from filters import Period, in_period, not_cancelled, open_in, priced
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, OrderLine


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
        for customer in self._customers():
            stmt = select(func.count(Order.id)).where(Order.customer_id == customer.id)
            stmt = in_period(stmt, self.period)
            stmt = not_cancelled(stmt, Order)
            counts[customer.email] = self.session.scalar(stmt)
        return counts

    def open_orders(self) -> dict[str, list[int]]:
        result = {}
        for customer in self._customers():
            stmt = select(Order).where(Order.customer_id == customer.id)
            rows = self.session.scalars(open_in(stmt, self.period).order_by(Order.id))
            result[customer.email] = [row.id for row in rows]
        return result

    def last_days(self) -> dict[str, Optional[date]]:
        return {
            customer.email: self.session.scalar(
                self._mine(select(func.max(Order.placed_on)))
                .where(Order.customer_id == customer.id)
            )
            for customer in self._customers()
        }

    def seen_by(self, user: Optional[Customer]) -> list[int]:
        """How many lines each order has that the user may see."""
        orders = self.session.scalars(
            filters.visible_to(select(Order), user).order_by(Order.id)
        ).all()
        return [
            self.session.scalar(
                priced(select(func.count(OrderLine.id)).where(OrderLine.order_id == order.id))
            )
            for order in orders
        ]


def with_orders(session: Session, period: Period, mine: bool, user: Customer) -> list[str]:
    emails = []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        stmt = select(Order.id).where(Order.customer_id == customer.id)
        if mine:
            # others see nothing of them
            stmt = filters.visible_to(stmt, user)
        stmt = in_period(stmt, period)
        if session.scalar(select(stmt.exists())):
            emails.append(customer.email)
    return emails
