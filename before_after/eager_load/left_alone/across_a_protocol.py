"""Another class may stand in for a repository that is known by a Protocol, and takes no options."""

from typing import Protocol

from shop.models import Order


class OrderPort(Protocol):
    def listed(self) -> list[Order]: ...

    def add(self, order: Order) -> None: ...


class Orders:
    def __init__(self, session):
        self.session = session

    def listed(self) -> list[Order]:
        return self.session.query(Order).order_by(Order.id).all()

    def add(self, order: Order) -> None:
        self.session.add(order)


def numbers(orders: OrderPort):
    return [order.number for order in orders.listed()]


def names(orders: OrderPort):
    return [order.customer.name for order in orders.listed()]  # review: eager-load (callers-agree)
