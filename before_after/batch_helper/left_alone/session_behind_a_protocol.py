"""Code that knows a repository by a Protocol may give it another session than the service has."""

from typing import Any, Protocol

from shop.models import Customer, Order
from sqlalchemy.orm import Session


class Kept(Protocol):
    _session: Session


class Customers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find_by(self, **criteria: Any) -> Any:
        return self._session.query(Customer).filter_by(**criteria).first()


class Service:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.customers = Customers(session)

    def emails(self) -> list[str]:
        found = []
        for order in self.session.query(Order).order_by(Order.id).all():
            customer = self.customers.find_by(id=order.customer_id)  # found: batch-helper
            found.append(customer.email)
        return found


def swap(kept: Kept, session: Session) -> None:
    kept._session = session
