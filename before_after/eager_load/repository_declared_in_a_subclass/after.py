"""The base class of a service takes any repository, and the service says which one it has."""

from sqlalchemy.orm import selectinload

from shop.models import Order


class Repository:
    def __init__(self, session):
        self.session = session


class Orders(Repository):
    def open(self):
        return (
            self.session.query(Order).options(selectinload(Order.customer)).order_by(Order.id).all()
        )


class Service:
    def __init__(self, repository: Repository):
        self.repository = repository


class OrderService(Service):
    repository: Orders

    def emails(self):
        orders = self.repository.open()
        return [order.customer.email if order.customer else "" for order in orders]
