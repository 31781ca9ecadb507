"""A board asks for each day between two by equality, and for the sum of each step of ten."""

from datetime import date, timedelta

from sqlalchemy import func, select

from shop.models import Order, Product, Review


class Board:
    def __init__(self, session):
        self._session = session

    def placed(self, first: date, last: date):
        day, found = first, {}
        while day <= last:
            orders = self._session.scalars(
                select(Order).where(Order.placed_on == day).order_by(Order.id)
            ).all()
            if orders:
                found[day.isoformat()] = [order.number for order in orders]
            day += timedelta(days=1)
        return found

    def stock(self, most: int):
        low, sums = 0, []
        while low < most:
            high = low + 10
            # of what there is
            sums.append(
                self._session.query(func.sum(Product.stock))
                .filter(Product.id >= low, Product.id < high)
                .scalar()
                or 0
            )
            low = high
        return sums

    def ratings(self, limits):
        return [
            self._session.scalar(
                select(func.coalesce(func.sum(Review.rating), 0)).where(Review.id.between(low, high))
            )
            for low, high in limits
        ]
