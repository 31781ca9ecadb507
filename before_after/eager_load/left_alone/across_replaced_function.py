"""The name of a function is given to another one, which writes."""

from shop.models import Order


def prepare(orders):
    print(len(orders))


def make_anonymous(orders):
    for order in orders:
        order.customer_id = None


prepare = make_anonymous


def names(session):
    orders = session.query(Order).order_by(Order.id).all()
    prepare(orders)
    return [order.customer.name if order.customer else None for order in orders]  # review: eager-load (calls-known)


class Screen:
    @staticmethod
    def show(orders):
        print(len(orders))


def switch():
    Screen.show = staticmethod(make_anonymous)


def shown_names(session):
    orders = session.query(Order).order_by(Order.id).all()
    Screen.show(orders)
    return [order.customer.name if order.customer else None for order in orders]  # review: eager-load (calls-known)
