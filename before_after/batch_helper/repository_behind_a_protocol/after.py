"""The loop knows the repository by a Protocol only, and another class may stand in for it."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional, Protocol

from sqlalchemy.orm import Session

from shop.models import Customer, Order


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class CustomerPort(Protocol):
    def get(self, customer_id: int) -> Optional[Customer]: ...


class UnitOfWork(Protocol):
    customers: CustomerPort

    def open_orders(self) -> list[Order]: ...


class SqlCustomers:
    def __init__(self, session: Session) -> None:
        self.session = session

    def customers_by_id(self, customer_ids: Iterable[int]) -> dict[int, Customer]:
        """Fetch what get() looks up for all of these customer ids."""
        customers: dict[int, Customer] = {}
        for ids in _chunks(customer_ids):
            for customer in self.session.query(Customer).filter(Customer.id.in_(ids)):
                customers[customer.id] = customer
        return customers

    def get(
        self, customer_id: int, *, customers: Optional[dict[int, Customer]] = None
    ) -> Optional[Customer]:
        if customers is None:
            customers = self.customers_by_id([customer_id])
        return customers.get(customer_id)


class SqlUnitOfWork:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.customers = SqlCustomers(session)

    def open_orders(self) -> list[Order]:
        return self.session.query(Order).order_by(Order.id).all()


def emails(uow: UnitOfWork) -> list[str]:
    found = []
    orders = uow.open_orders()
    customers = uow.customers.customers_by_id([order.customer_id for order in orders])
    for order in orders:
        customer = uow.customers.get(order.customer_id, customers=customers)
        found.append(customer.email if customer else "")
    return found
