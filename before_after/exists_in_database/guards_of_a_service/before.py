"""Guards in methods: lists and counts that are only tested, pending objects among them."""

from shop.models import Order, OrderLine, OrderStatus


class OrderService:
    def __init__(self, session):
        self.session = session

    def may_ship(self, order_id):
        if not self.session.query(OrderLine).filter(OrderLine.order_id == order_id).all():
            return False
        paid = self.session.query(Order).filter_by(customer_id=order_id, status=OrderStatus.PAID)
        return paid.count() > 0

    def free_of_charge(self, order_id):
        self.session.add(OrderLine(order_id=order_id, position=99, quantity=7, unit_price=0))
        lines = self.session.query(OrderLine).filter(OrderLine.order_id == order_id)
        free = lines.filter(OrderLine.unit_price == 0).order_by(OrderLine.position)
        return len(free.all()) != 0

    def is_new(self, address_id):
        known = self.session.query(Order.id).filter(Order.address_id == address_id).count()
        return known == 0

    def since(self, address_id):
        order_exists = self.session.query(Order).filter(Order.address_id == address_id).count()
        if order_exists:
            return "known"
        return "new" if order_exists == 0 else None
