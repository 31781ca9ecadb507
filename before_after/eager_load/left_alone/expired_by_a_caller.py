"""A caller expires the rows: each is then loaded anew by itself, and the option sends one more."""

from shop.models import Order


def shown_orders(session):
    orders = session.query(Order).order_by(Order.id).all()
    for order in orders:
        print(order.customer.name)  # review: eager-load (rows-stay-loaded)
    return orders


def closed(session):
    orders = shown_orders(session)
    session.commit()
    return [order.number for order in orders]


class Office:
    def __init__(self, session):
        self.session = session

    def orders(self):
        orders = self.session.query(Order).order_by(Order.id).all()
        print([order.customer.name for order in orders])  # review: eager-load (rows-stay-loaded)
        return {order.number: order for order in orders}

    def refreshed(self):
        for number, order in self.orders().items():
            self.session.refresh(order)
            print(number, order.status)


class Desk:
    def __init__(self, session):
        self.session = session
        self.pile = []

    def fill(self):
        self.pile = self.session.query(Order).order_by(Order.id).all()
        for order in self.pile:
            print(order.customer.name)  # review: eager-load (rows-stay-loaded)

    def work(self):
        self.fill()
        self.session.commit()
        for order in self.pile:
            print(order.number)
