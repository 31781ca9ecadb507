"""Conditions on rows in methods: None counts as it does in Python."""

from sqlalchemy import and_, or_

from shop.models import Order, OrderLine, OrderStatus, Product


class OrderService:
    def __init__(self, session):
        self.session = session

    def paid(self):
        return (
            self.session.query(Order)
            .order_by(Order.number)
            .filter(Order.status == OrderStatus.PAID)
            .all()
        )

    def big_lines(self, order_id: int):
        line = OrderLine(order_id=order_id, position=80, quantity=50, unit_price=1)
        self.session.add(line)
        lines = self.session.query(OrderLine).order_by(OrderLine.id)
        # the new line is one of them
        return [
            (line.position, line.quantity)
            for line in lines.filter(OrderLine.order_id == order_id, OrderLine.quantity > 3).all()
        ]

    def to_restock(self):
        return {
            product.sku
            for product in self.session.query(Product).filter(
                or_(
                    or_(Product.stock.is_(None), Product.stock == 0),
                    and_(
                        or_(Product.supplier_id.is_(None), Product.supplier_id != 2),
                        Product.stock < 5,
                    ),
                )
            )
        }
