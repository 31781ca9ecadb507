"""A class below finds its rows in another way, and would not take the options."""

from shop.models import Order, Tag


class Repository:
    model = None

    def __init__(self, session):
        self.session = session

    def get_all(self):
        return self.session.query(self.model).order_by(self.model.id).all()


class Orders(Repository):
    model = Order


class Tags(Repository):
    model = Tag

    def get_all(self):
        return [tag for tag in super().get_all() if tag.uses]


def emails(session):
    orders = Orders(session).get_all()
    return [order.customer and order.customer.email for order in orders]  # found: eager-load


def names(session):
    return [tag.name for tag in Tags(session).get_all()]
