"""The method that runs between the query and the loop may be a subclass's, which writes."""

from shop.models import Order


class Report:
    def __init__(self, session):
        self.session = session

    def prepare(self, orders):
        return orders

    def names(self):
        orders = self.session.query(Order).order_by(Order.id).all()
        prepared = self.prepare(orders)
        return [o.customer.name if o.customer else None for o in prepared]  # review: eager-load (calls-known)


class Anonymous(Report):
    def prepare(self, orders):
        for order in orders:
            order.customer_id = None
        return orders
