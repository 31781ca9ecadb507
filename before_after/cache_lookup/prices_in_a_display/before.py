"""The lowest price that was paid for a smaller quantity, among the parts of a longer expression."""

from shop.models import OrderLine
from sqlalchemy import select


class Comparison:
    def __init__(self, session):
        self.session = session

    def cheaper(self, lines):
        """What the product of each of these lines has cost at least, in a smaller quantity."""
        return [
            (line.id, line.product_id and self.lowest_price(line.quantity))
            for line in lines
            if line.quantity > 1
        ]

    def lowest_price(self, quantity):
        return self.session.execute(
            select(OrderLine.unit_price)
            .where(OrderLine.quantity < quantity)
            .order_by(OrderLine.unit_price)
            .limit(1)
        ).scalar()
