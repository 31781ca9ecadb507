"""The class of the helper has a method that is called `list`, as a class of annotations is."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from shop.models import Customer, Order


class Orders:
    def __init__(self, session: Session) -> None:
        self.session = session

    def list(self) -> Sequence[Order]:
        return self.session.query(Order).order_by(Order.id).all()

    def of(self, customer_id: int) -> Sequence[Order]:
        found = self.session.query(Order).filter(Order.customer_id == customer_id)
        return found.order_by(Order.id).all()


def numbers(session: Session) -> dict[str, Sequence[str]]:
    orders = Orders(session)
    listed: dict[str, Sequence[str]] = {}
    for customer in session.query(Customer).order_by(Customer.id).all():
        listed[customer.email] = [order.number for order in orders.of(customer.id)]
    return listed
