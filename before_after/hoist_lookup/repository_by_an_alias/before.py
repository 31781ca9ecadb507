"""A route is handed a repository and a session, which its annotations call by names of their own."""

from typing import Annotated, Any, Generic, Optional, TypeVar

from shop.models import Base, Order, Product
from sqlalchemy import select
from sqlalchemy.orm import Session

M = TypeVar("M", bound=Base)


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session

    def find(self, **criteria: Any) -> Optional[M]:
        return self.session.scalars(select(self.model).filter_by(**criteria)).one_or_none()


class Products(Repository[Product]):
    model = Product


ProductsOfRequest = Annotated[Products, "made for each request"]
SessionOfRequest = Annotated[Session, "closed after each request"]


def stock(products: ProductsOfRequest, skus: list[str]) -> dict[str, int]:
    found = {}
    for sku in skus:
        product = products.find(sku=sku)
        found[sku] = product.stock or 0 if product is not None else 0
    return found


def placed(session: SessionOfRequest, numbers: list[str]) -> list[Optional[str]]:
    days = []
    for number in numbers:
        order = session.scalars(select(Order).where(Order.number == number)).first()
        days.append(str(order.placed_on) if order is not None else None)
    return days
