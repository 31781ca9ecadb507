"""Sums of whole numbers in methods, with a pending row that the query flushes."""

from sqlalchemy import func

from shop.models import Order, OrderLine, Product


class Quantities:
    def __init__(self, session):
        self.session = session

    def of_order(self, order_id):
        lines = self.session.query(OrderLine).filter_by(order_id=order_id)
        return lines.with_entities(func.coalesce(func.sum(OrderLine.quantity), 0)).scalar()

    def add(self, order_id, quantity):
        line = OrderLine(order_id=order_id, position=90, quantity=quantity, unit_price=1)
        self.session.add(line)
        total = (
            self.session.query(func.coalesce(func.sum(OrderLine.quantity), 0))
            .filter(OrderLine.order_id == order_id)
            .scalar()
        )  # the new one too
        return total

    def in_stock(self):
        return self.session.query(func.coalesce(func.sum(Product.stock), 0)).scalar()

    def of_known_products(self):
        lines = self.session.query(OrderLine).join(OrderLine.order).filter(Order.total > 10)
        return (
            lines.filter(OrderLine.product_id.isnot(None))
            .with_entities(func.coalesce(func.sum(OrderLine.quantity), 0))
            .scalar()
        )
