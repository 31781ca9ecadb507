"""A route is handed a repository and a session, which its annotations call by names of their own."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Generic, Optional, TypeVar

from shop.models import Base, Order, Product
from sqlalchemy import select
from sqlalchemy.orm import Session

M = TypeVar("M", bound=Base)


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


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
    products_by_sku: dict[str, Product] = {}
    for chunk in _chunks(skus):
        for row in products.session.scalars(select(Product).where(Product.sku.in_(chunk))):
            products_by_sku[row.sku] = row
    for sku in skus:
        product = products_by_sku.get(sku)
        found[sku] = product.stock or 0 if product is not None else 0
    return found


def placed(session: SessionOfRequest, numbers: list[str]) -> list[Optional[str]]:
    days = []
    orders: dict[str, Order] = {}
    for chunk in _chunks(numbers):
        for row in session.scalars(select(Order).where(Order.number.in_(chunk))):
            orders[row.number] = row
    for number in numbers:
        order = orders.get(number)
        days.append(str(order.placed_on) if order is not None else None)
    return days
