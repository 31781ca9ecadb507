"""A function that nobody knows gets the rows, and may do anything to them."""

from shop.models import Order
from somewhere import notify


def notified(session):
    for order in session.query(Order).order_by(Order.id):
        print(order.customer)  # review: eager-load (calls-known)
        notify(order)
