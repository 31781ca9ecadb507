"""A long function of a service with annotations, two lookups of one row and comments in between."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from shop.models import Customer, Order, OrderLine, OrderStatus

log = logging.getLogger(__name__)


def _required(row: Any) -> Any:
    """This row, which there must be."""
    if row is None:
        raise NoResultFound("No row was found when one was required")
    return row


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


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

        order_line_counts: dict[int, int] = {}
        for order_ids in _chunks(
            order.id for order in orders if order.status != OrderStatus.CANCELLED
        ):
            for order_id, count in self.session.execute(
                select(OrderLine.order_id, func.count(OrderLine.id))
                .where(OrderLine.order_id.in_(order_ids), OrderLine.quantity > 0)
                .group_by(OrderLine.order_id)
            ):
                order_line_counts[order_id] = count
        customers: dict[int | None, Customer] = {}
        for ids in _chunks(
            order.customer_id
            for order in orders
            if order.status != OrderStatus.CANCELLED
            and not (order.total or Decimal(0)) < minimum
            and order.customer_id is not None
        ):
            for row in self.session.scalars(select(Customer).where(Customer.id.in_(ids))):
                customers[row.id] = row
        for position, order in enumerate(orders, start=1):
            # cancelled orders are for another report
            if order.status == OrderStatus.CANCELLED:
                skipped += 1
                continue

            # how many lines has it?
            # its own lines
            lines = order_line_counts.get(order.id, 0)
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
                customer = _required(customers.get(order.customer_id))
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
