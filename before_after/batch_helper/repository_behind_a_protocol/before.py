"""The loop knows the repository by a Protocol only, and another class may stand in for it."""

from typing import Optional, Protocol

from sqlalchemy.orm import Session

from shop.models import Customer, Order


class CustomerPort(Protocol):
    def get(self, customer_id: int) -> Optional[Customer]: ...


class UnitOfWork(Protocol):
    customers: CustomerPort

    def open_orders(self) -> list[Order]: ...


class SqlCustomers:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, customer_id: int) -> Optional[Customer]:
        return self.session.query(Customer).filter(Customer.id == customer_id).one_or_none()


class SqlUnitOfWork:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.customers = SqlCustomers(session)

    def open_orders(self) -> list[Order]:
        return self.session.query(Order).order_by(Order.id).all()


def emails(uow: UnitOfWork) -> list[str]:
    found = []
    for order in uow.open_orders():
        customer = uow.customers.get(order.customer_id)
        found.append(customer.email if customer else "")
    return found
