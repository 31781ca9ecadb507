"""The model is that of the class, but a class below asks for another one."""

from shop.models import Order, Payment


class Repository:
    model = Order

    def __init__(self, session):
        self.session = session

    def get_all(self):
        return self.session.query(self.model).order_by(self.model.id).all()


class Payments(Repository):
    model = Payment


def numbers(repository: Repository):
    return [row.address and row.address.city for row in repository.get_all()]
