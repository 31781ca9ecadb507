"""A board asks for each day between two by equality, and for the sum of each step of ten."""

from datetime import date, timedelta

from sqlalchemy import select

from shop.models import Order, Product, Review


class Board:
    def __init__(self, session):
        self._session = session

    def placed(self, first: date, last: date):
        day, found = first, {}
        all_orders = self._session.execute(
            select(Order.placed_on, Order.number).order_by(Order.id)
        ).all()
        while day <= last:
            orders = [order for order in all_orders if order.placed_on == day]
            if orders:
                found[day.isoformat()] = [order.number for order in orders]
            day += timedelta(days=1)
        return found

    def stock(self, most: int):
        low, sums = 0, []
        products = self._session.query(Product.id, Product.stock).all()
        while low < most:
            high = low + 10
            # of what there is
            sums.append(
                sum(
                    product.stock
                    for product in products
                    if (product.id >= low and product.id < high) and product.stock is not None
                )
                or 0
            )
            low = high
        return sums

    def ratings(self, limits):
        reviews = self._session.execute(select(Review.id, Review.rating)).all()
        return [
            sum(
                review.rating
                for review in reviews
                if low <= review.id <= high and review.rating is not None
            )
            for low, high in limits
        ]
