"""A long function of a service with annotations, two lookups of one row and comments in between."""

from __future__ import annotations

import logging
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Order, OrderLine, OrderStatus

log = logging.getLogger(__name__)


class ReportService:
    """Reports for the accountants."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def month_end(self, since: date, minimum: Decimal = Decimal(0)) -> dict[str, Any]:
        """Totals of all orders since a day, by country.

        Orders without a customer are counted under their own heading.
        """
        log.info("month end since %s", since)
        orders = list(
            self.session.scalars(
                select(Order).where(Order.placed_on >= since).order_by(Order.placed_on, Order.id)
            )
        )
        totals: dict[str, Decimal] = {}
        skipped = 0
        anonymous = 0
        largest: str | None = None
        largest_total = Decimal(0)

        for position, order in enumerate(orders, start=1):
            # cancelled orders are for another report
            if order.status == OrderStatus.CANCELLED:
                skipped += 1
                continue

            # how many lines has it?
            lines = self.session.scalar(
                select(func.count(OrderLine.id)).where(
                    OrderLine.order_id == order.id,  # its own lines
                    OrderLine.quantity > 0,
                )
            )
            if not lines:
                log.debug("order %s (%d) is empty", order.number, position)

            total = order.total or Decimal(0)
            if total < minimum:
                skipped += 1
                continue

            heading = "?"
            if order.customer_id is None:
                anonymous += 1
            else:
                customer = self.session.scalars(
                    select(Customer).where(Customer.id == order.customer_id)
                ).one()
                heading = customer.country_code or "?"

            totals[heading] = totals.get(heading, Decimal(0)) + total
            if total > largest_total:
                largest, largest_total = order.number, total

        average = Decimal(0)
        if totals:
            average = sum(totals.values(), Decimal(0)) / len(totals)
        if anonymous > skipped:
            log.warning("%d orders have no customer", anonymous)

        return {
            "average": str(round(average, 2)),
            "totals": {key: str(value) for key, value in sorted(totals.items())},
            "skipped": skipped,
            "anonymous": anonymous,
            "largest": largest,
        }
