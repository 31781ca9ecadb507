"""One repository for each model, all with the same methods."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


@dataclass
class Repository:
    session: Session


@dataclass
class CustomerRepository(Repository):
    def customers_by_id(self, keys: Iterable[int | None]) -> dict[int | None, Customer]:
        """Fetch what get_by_id() looks up for all of these keys."""
        customers: dict[int | None, Customer] = {}
        for ids in _chunks(keys):
            for customer in self.session.scalars(select(Customer).where(Customer.id.in_(ids))):
                customers[customer.id] = customer
        return customers

    def get_by_id(
        self, key: int | None, *, customers: dict[int | None, Customer] | None = None
    ) -> Customer | None:
        if customers is None:
            customers = self.customers_by_id([key])
        return customers.get(key)


@dataclass
class ProductRepository(Repository):
    def get_by_id(self, key: int) -> Product | None:
        return self.session.scalars(select(Product).where(Product.id == key)).one_or_none()


@dataclass
class OrderRepository(Repository):
    def get_by_id(self, key: int) -> Order | None:
        return self.session.scalars(select(Order).where(Order.id == key)).one_or_none()

    def all(self) -> list[Order]:
        return list(self.session.scalars(select(Order).order_by(Order.id)))


@dataclass
class Repositories:
    customers: CustomerRepository
    products: ProductRepository
    orders: OrderRepository


def repositories(session: Session) -> Repositories:
    return Repositories(
        CustomerRepository(session),
        products=ProductRepository(session),
        orders=OrderRepository(session),
    )
