"""Repositories inherit a get() that asks for the class of their own."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, Optional, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Base, Customer, Order

T = TypeVar("T", bound=Base)


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Repository(Generic[T]):
    model: type[T]

    def __init__(self, db: Session) -> None:
        self.db = db

    def get(self, key: int) -> Optional[T]:
        return self.db.get(self.model, key)


class Customers(Repository[Customer]):
    model = Customer


class Orders(Repository[Order]):
    model = Order


class Letters:
    def __init__(self, db: Session) -> None:
        self.customers = Customers(db)
        self.orders = Orders(db)

    def addresses(self, customer_ids: list[int]) -> list[Optional[str]]:
        found = []
        customers: dict[int, Customer] = {}
        for ids in _chunks(customer_ids):
            for row in self.customers.db.scalars(select(Customer).where(Customer.id.in_(ids))):
                customers[row.id] = row
        for customer_id in customer_ids:
            customer = customers.get(customer_id)
            found.append(customer.email if customer is not None else None)
        return found
