"""A property cannot take an option from those that need it, and others would pay for it."""

from shop.models import Order


class Orders:
    def __init__(self, session):
        self.session = session

    @property
    def paid(self):
        return self.session.query(Order).filter(Order.status == "paid").order_by(Order.id).all()

    def count(self):
        return len(self.paid)

    def names(self):
        return [order.customer.name for order in self.paid]  # review: eager-load (callers-agree)
