"""Lists that a method only measures, with pending objects that the query flushes."""

from shop.models import Order, OrderLine, OrderStatus


class OrderService:
    def __init__(self, session):
        self.session = session

    def open_orders(self):
        query = self.session.query(Order).filter(Order.status == OrderStatus.NEW)
        return len(query.order_by(Order.placed_on, Order.id).all())

    def lines(self, order_id):
        # the new line counts too
        position = len(list(self.session.query(OrderLine).filter_by(order_id=order_id))) + 1
        line = OrderLine(order_id=order_id, position=100 + position, quantity=1, unit_price=1)
        self.session.add(line)
        return position, len(self.session.query(OrderLine).filter_by(order_id=order_id).all())

    def first_page(self, size):
        return len(self.session.query(Order.id, Order.number).limit(size).all())
