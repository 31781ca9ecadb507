"""Conditions on rows in methods: None counts as it does in Python."""

from shop.models import Order, OrderLine, OrderStatus, Product


class OrderService:
    def __init__(self, session):
        self.session = session

    def paid(self):
        orders = self.session.query(Order).order_by(Order.number).all()
        return [order for order in orders if order.status == OrderStatus.PAID]

    def big_lines(self, order_id: int):
        line = OrderLine(order_id=order_id, position=80, quantity=50, unit_price=1)
        self.session.add(line)
        lines = self.session.query(OrderLine).order_by(OrderLine.id)
        # the new line is one of them
        return [
            (line.position, line.quantity)
            for line in lines.all()
            if line.order_id == order_id and line.quantity > 3
        ]

    def to_restock(self):
        return {
            product.sku
            for product in self.session.query(Product)
            if not product.stock or (product.supplier_id != 2 and product.stock < 5)
        }
