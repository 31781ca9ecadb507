"""Guards in methods: lists and counts that are only tested, pending objects among them."""

from shop.models import Order, OrderLine, OrderStatus


class OrderService:
    def __init__(self, session):
        self.session = session

    def may_ship(self, order_id):
        if not self.session.query(
            self.session.query(OrderLine).filter(OrderLine.order_id == order_id).exists()
        ).scalar():
            return False
        paid = self.session.query(Order).filter_by(customer_id=order_id, status=OrderStatus.PAID)
        return self.session.query(paid.exists()).scalar()

    def free_of_charge(self, order_id):
        self.session.add(OrderLine(order_id=order_id, position=99, quantity=7, unit_price=0))
        lines = self.session.query(OrderLine).filter(OrderLine.order_id == order_id)
        free = lines.filter(OrderLine.unit_price == 0).order_by(OrderLine.position)
        return self.session.query(free.exists()).scalar()

    def is_new(self, address_id):
        return not self.session.query(
            self.session.query(Order.id).filter(Order.address_id == address_id).exists()
        ).scalar()

    def since(self, address_id):
        order_exists = self.session.query(
            self.session.query(Order).filter(Order.address_id == address_id).exists()
        ).scalar()
        if order_exists:
            return "known"
        return "new" if not order_exists else None
