"""A module has a stand-in for an object that is made later; its annotation says of which class."""

from shop.models import Order


class Store:
    def __init__(self, session):
        self.session = session

    def orders(self):
        return self.session.query(Order).order_by(Order.id).all()


class StandIn:
    def __getattr__(self, name):
        return getattr(_opened[-1], name)


_opened: list[Store] = []
store: Store = StandIn()


def open_store(session):
    _opened.append(Store(session))


def customer_names():
    found = []
    for order in store.orders():
        if order.customer_id is not None:
            found.append(order.customer.name)
    return found
