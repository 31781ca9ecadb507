"""What an object says at first is not what it says later: the flag makes it expire its rows."""

from shop.models import Order


class Report:
    def __init__(self, session):
        self.session = session
        self.stale = False

    def refresh(self):
        self.stale = True

    def orders(self):
        found = self.session.query(Order).order_by(Order.id).all()
        if self.stale:
            self.session.expire_all()
        return found

    def cities(self):
        orders = self.orders()
        return [order.address and order.address.city for order in orders]  # found: eager-load
