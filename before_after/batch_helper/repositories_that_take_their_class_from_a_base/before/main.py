"""Repositories whose base class says itself which class each of them is for."""

from repositories import Orders, Products
from shop.models import Customer
from sqlalchemy import select
from sqlalchemy.orm import Session


class Shop:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.products = Products(session)
        self.orders = Orders(session)

    def prices(self, skus: list[str]) -> list[float]:
        return [self.products.price_of(sku) for sku in skus]

    def customers(self) -> dict[str, tuple[int, int]]:
        found = {}
        for customer in self.session.scalars(select(Customer).order_by(Customer.id)):
            number = self.orders.count(customer_id=customer.id)
            found[customer.email] = (number, self.orders.last_paid(customer.id))
        return found
