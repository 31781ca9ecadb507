"""A controller makes its repositories when they are asked for, and narrows one down step by step."""

from functools import cached_property

from sqlalchemy.orm import Session, selectinload

from shop.models import Order


class Orders:
    def __init__(self, session: Session):
        self.session = session
        self.least = 0

    def above(self, least):
        self.least = least
        return self

    def found(self):
        orders = (
            self.session.query(Order)
            .options(selectinload(Order.customer))
            .filter(Order.id > self.least)
        )
        return orders.order_by(Order.id).all()


class Repositories:
    def __init__(self, session: Session):
        self.session = session

    @cached_property
    def orders(self):
        return Orders(self.session)


class Controller:
    _repositories: Repositories | None = None

    def __init__(self, session: Session):
        self.session = session

    @property
    def repositories(self):
        if not self._repositories:
            self._repositories = Repositories(self.session)
        return self._repositories


class OrderController(Controller):
    def customer_names(self):
        orders = self.repositories.orders.above(1).found()
        return [order.customer.name for order in orders if order.customer_id is not None]
