"""Repositories inherit a get() that asks for the class of their own."""

from typing import Generic, Optional, TypeVar

from sqlalchemy.orm import Session

from shop_typed.models import Base, Customer, Order

T = TypeVar("T", bound=Base)


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
        for customer_id in customer_ids:
            customer = self.customers.get(customer_id)
            found.append(customer.email if customer is not None else None)
        return found
