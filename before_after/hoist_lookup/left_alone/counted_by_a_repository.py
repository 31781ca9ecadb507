"""A repository counts where a condition may skip it, and where no key is left to ask for."""

from shop.models import Customer, Order


class Repository:
    def __init__(self, model, session):
        self.model = model
        self.session = session

    def count(self, **criteria):
        return self.session.query(self.model).filter_by(**criteria).count()


def skipped(session):
    orders = Repository(Order, session)
    found = []
    for customer in session.query(Customer).order_by(Customer.id):
        found.append(customer.vip and orders.count(customer_id=customer.id))  # review: hoist-lookup (asked-every-time)
    return found


def left(session):
    orders = Repository(Order, session)
    for customer in session.query(Customer).order_by(Customer.id):
        if orders.count(customer_id=customer.id) == 0:  # review: hoist-lookup (asked-every-time)
            return customer
    return None
