"""Orders are counted for one month after the other, of which some have none."""

from datetime import date

from sqlalchemy.orm import Session

from shop.models import Order, OrderStatus


def month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


class Report:
    def __init__(self, db: Session) -> None:
        self.db = db

    def per_month(self, start: date, end: date):
        counts = []
        month = start
        while month < end:
            following = month_after(month)
            placed = (
                self.db.query(Order)
                # cancelled ones are none
                .filter(Order.status != OrderStatus.CANCELLED)
                .filter(Order.placed_on >= month, Order.placed_on < following)
                .count()
            )
            counts.append((month.isoformat(), placed))
            month = following
        return counts
