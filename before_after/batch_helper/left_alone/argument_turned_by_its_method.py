"""The loop calls a method on the objects of a list, one of which it gives to the helper each time."""

from dataclasses import dataclass

from shop.models import Customer, Order


@dataclass
class Window:
    address: int

    def turn(self):
        self.address += 1


def orders_of(session, customer_id, window):
    orders = session.query(Order).filter(Order.customer_id == customer_id)
    return orders.filter(Order.address_id == window.address).order_by(Order.id).all()


def turned(session):
    found = []
    windows = [Window(1), Window(2)]
    first = windows[0]
    for customer in session.query(Customer).order_by(Customer.id).all():
        found.append(orders_of(session, customer.id, first))  # found: batch-helper (same-arguments)
        for window in windows:
            window.turn()
    return found
