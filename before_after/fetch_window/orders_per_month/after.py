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
        orders = self.db.query(Order.placed_on).filter(Order.status != OrderStatus.CANCELLED).all()
        while month < end:
            following = month_after(month)
            # cancelled ones are none
            placed = sum(
                1 for order in orders if order.placed_on >= month and order.placed_on < following
            )
            counts.append((month.isoformat(), placed))
            month = following
        return counts
