"""Methods of a service, which keeps the session."""

from shop.models import Order, OrderLine


class Invoices:
    def __init__(self, session):
        self.session = session

    def _quantity(self, order):
        if order.status.value == "cancelled":
            return 0
        quantity = 0
        for line in self.session.query(OrderLine).filter_by(order_id=order.id).order_by(
            OrderLine.id
        ):
            quantity += line.quantity
        return quantity

    def report(self):
        result = {}
        for order in self.session.query(Order).order_by(Order.id).all():
            result[order.number] = self._quantity(order)
        return result


def report(session):
    return Invoices(session).report()
