"""Another method gives the unit of work another repository, so that it is not known which one asks."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Order


class Orders:
    def __init__(self, session: Session) -> None:
        self.session = session

    def number_of(self, customer_id):
        orders = select(func.count(Order.id)).where(Order.customer_id == customer_id)
        return self.session.execute(orders).scalar_one()


class UnitOfWork:
    session: Session

    def __init__(self, make_session) -> None:
        self._make_session = make_session

    def __enter__(self):
        self.session = self._make_session()
        self.orders = Orders(self.session)
        return self

    def __exit__(self, kind, error, trace) -> None:
        self.session.rollback()

    def ask(self, orders) -> None:
        self.orders = orders


class Statistics:
    def __init__(self, work: UnitOfWork) -> None:
        self.work = work

    def orders_by_customer(self):
        numbers = {}
        for customer in self.work.session.query(Customer).order_by(Customer.id).all():
            numbers[customer.id] = self.work.orders.number_of(customer.id)
        return numbers
