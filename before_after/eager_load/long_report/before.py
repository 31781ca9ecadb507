"""A report of sixty lines, in which two reads stand far from the query."""

import logging
from collections import Counter
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order, OrderStatus

logger = logging.getLogger(__name__)
NOBODY = "(nobody)"


class Reports:
    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.today = today

    def summary(self, minimum: Decimal, *, cancelled: bool = False) -> dict:
        """Totals by customer, the largest orders, and what is odd about some of them."""
        statement = select(Order).where(Order.placed_on <= self.today)
        if not cancelled:
            statement = statement.where(Order.status != OrderStatus.CANCELLED)
        statement = statement.order_by(Order.placed_on.desc(), Order.id)
        orders = self.session.execute(statement).scalars().all()
        logger.info("%d orders until %s", len(orders), self.today.isoformat())

        by_customer: dict[str, Decimal] = {}
        statuses: Counter = Counter()
        odd: list[str] = []
        largest: list[tuple[Decimal, str]] = []

        for position, order in enumerate(orders, start=1):
            total = order.total if order.total is not None else Decimal(0)
            statuses[order.status.value] += 1

            # a customer may have been deleted
            customer = order.customer
            name = customer.name.strip() if customer is not None else NOBODY
            by_customer[name] = by_customer.get(name, Decimal(0)) + total

            computed = Decimal(0)
            for line in order.lines:
                computed += line.quantity * line.unit_price
            if computed and computed != total:
                odd.append("%s: %s instead of %s" % (order.number, total, computed))
            elif not computed and total:
                odd.append("%s: no lines" % order.number)

            if total >= minimum:
                largest.append((total, order.number))
            if position % 50 == 0:
                logger.debug("%d orders done", position)

        largest.sort(reverse=True)
        shares = {}
        everything = sum(by_customer.values(), Decimal(0))
        for name, total in sorted(by_customer.items()):
            if not everything:
                break
            shares[name] = round(100 * total / everything, 1)

        if not largest:
            logger.warning("no order of %s or more", minimum)

        busiest, most = None, 0
        for status, count in sorted(statuses.items()):
            if count > most:
                busiest, most = status, count
        if busiest is not None:
            logger.info("most orders are %s", busiest)

        return {
            "customers": by_customer,
            "busiest": busiest,
            "shares": shares,
            "largest": largest[:10],
            "odd": odd,
            "statuses": dict(statuses),
        }
