"""Which of two functions of one name runs is decided when the module is imported."""

import sys

from shop.models import Order

if sys.platform == "win32":

    def prepare(orders):
        for order in orders:
            order.customer_id = None

else:

    def prepare(orders):
        print(len(orders))


def names(session):
    orders = session.query(Order).order_by(Order.id).all()
    prepare(orders)
    return [order.customer.name if order.customer else None for order in orders]  # review: eager-load (calls-known)
