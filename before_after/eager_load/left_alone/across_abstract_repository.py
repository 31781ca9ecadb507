"""What an abstract class declares is done in two ways, one of which would not take the options."""

from abc import ABC, abstractmethod

from shop.models import Order, Tag


class AbstractRepository(ABC):
    @abstractmethod
    def listed(self): ...


class Repository(AbstractRepository):
    def __init__(self, session, model):
        self.session = session
        self.model = model

    def listed(self):
        return self.session.query(self.model).order_by(self.model.id).all()


class Kept(AbstractRepository):
    def __init__(self, rows):
        self.rows = rows

    def listed(self):
        return list(self.rows)


def emails(session):
    orders = Repository(session, Order).listed()
    return [order.customer and order.customer.email for order in orders]  # found: eager-load


def names(session):
    return [tag.name for tag in Repository(session, Tag).listed()]
