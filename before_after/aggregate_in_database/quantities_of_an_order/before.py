"""Sums of whole numbers in methods, with a pending row that the query flushes."""

from shop.models import Order, OrderLine, Product


class Quantities:
    def __init__(self, session):
        self.session = session

    def of_order(self, order_id):
        lines = self.session.query(OrderLine).filter_by(order_id=order_id)
        return sum(line.quantity for line in lines.order_by(OrderLine.position).all())

    def add(self, order_id, quantity):
        line = OrderLine(order_id=order_id, position=90, quantity=quantity, unit_price=1)
        self.session.add(line)
        lines = self.session.query(OrderLine).filter(OrderLine.order_id == order_id).all()
        total = sum([line.quantity for line in lines])  # the new one too
        return total

    def in_stock(self):
        return sum(product.stock or 0 for product in self.session.query(Product))

    def of_known_products(self):
        lines = self.session.query(OrderLine).join(OrderLine.order).filter(Order.total > 10)
        return sum(line.quantity for line in lines if line.product_id is not None)
