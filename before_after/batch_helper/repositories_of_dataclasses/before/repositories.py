"""One repository for each model, all with the same methods."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, Product


@dataclass
class Repository:
    session: Session


@dataclass
class CustomerRepository(Repository):
    def get_by_id(self, key: int | None) -> Customer | None:
        return self.session.scalars(select(Customer).where(Customer.id == key)).one_or_none()


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
