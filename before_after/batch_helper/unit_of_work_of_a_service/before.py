"""A service is handed a unit of work, which makes its session and its repositories where it is
entered."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Order


class Customers:
    def __init__(self, session: Session) -> None:
        self.session = session

    def everybody(self):
        return self.session.execute(select(Customer).order_by(Customer.id)).scalars().all()


class Orders:
    def __init__(self, session: Session) -> None:
        self.session = session

    def number_of(self, customer_id: int) -> int:
        orders = select(func.count(Order.id)).where(Order.customer_id == customer_id)
        return self.session.execute(orders).scalar_one()


class UnitOfWork:
    session: Session

    def __init__(self, make_session) -> None:
        self._make_session = make_session

    def __enter__(self) -> "UnitOfWork":
        self.session = self._make_session()
        self.customers = Customers(self.session)
        self.orders = Orders(self.session)
        return self

    def __exit__(self, kind, error, trace) -> None:
        self.session.rollback()


class Statistics:
    def __init__(self, work: UnitOfWork) -> None:
        self.work = work

    def orders_by_customer(self) -> dict[int, int]:
        numbers = {}
        for customer in self.work.customers.everybody():
            numbers[customer.id] = self.work.orders.number_of(customer.id)
        return numbers
