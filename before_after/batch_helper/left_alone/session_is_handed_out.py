"""The property that gives the helper its session counts how often it is asked."""

from shop.models import Customer, Order


class Customers:
    def __init__(self, session):
        self.asked = 0
        self._session = session

    @property
    def session(self):
        self.asked += 1
        return self._session

    def find(self, key: int):
        return self.session.query(Customer).filter(Customer.id == key).first()


def names(session):
    customers = Customers(session)
    found = [customers.find(order.customer_id) for order in session.query(Order).order_by(Order.id)]  # found: batch-helper (query-invariant)
    return found, customers.asked
