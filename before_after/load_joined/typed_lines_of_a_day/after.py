"""The days of the lines' orders, which are joined for the condition, in 2.0 style."""

import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from shop_typed.models import Order, OrderLine


class Report:
    def __init__(self, session: Session) -> None:
        self.session = session

    def rows(self, since: datetime.date) -> list[tuple[datetime.date, int]]:
        statement = (
            select(OrderLine)
            .options(contains_eager(OrderLine.order))
            .join(OrderLine.order)
            .where(Order.placed_on >= since)
            .order_by(OrderLine.id)
        )
        rows = []
        for line in self.session.scalars(statement):
            rows.append((line.order.placed_on, line.quantity))
        return rows
