"""What has a method that texts have may be an object of the project, and not a text."""

from shop.models import Order


class Sheet:
    def __init__(self, orders):
        self.orders = orders

    def strip(self):
        for order in self.orders:
            order.customer = None


def stripped(session, sheet):
    for order in session.query(Order).order_by(Order.id):
        sheet.strip()
        print(order.customer)  # review: eager-load (calls-known)
