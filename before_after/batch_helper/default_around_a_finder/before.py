"""Methods and functions ask by a finder for any class, and give back a default where it has nothing."""

from typing import Any, Generic, Optional, TypeVar

from shop.models import Base, Category, Order, OrderLine, Product
from sqlalchemy import select
from sqlalchemy.orm import Session

M = TypeVar("M", bound=Base)


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self._session = session

    def find_by(self, **filters: Any) -> Optional[M]:
        statement = select(self.model).filter_by(**filters)
        return self._session.execute(statement).scalar_one_or_none()

    def list(self, **filters: Any) -> list[M]:
        return list(self._session.scalars(select(self.model).filter_by(**filters)))


class Categories(Repository[Category]):
    model = Category

    def label(self, category_id: Optional[int], default: str = "none") -> str:
        category = self.find_by(id=category_id)
        return category.name.upper() if category is not None else default


class Lines(Repository[OrderLine]):
    model = OrderLine

    def quantity(self, order_id: int) -> int:
        return sum(line.quantity for line in self.list(order_id=order_id))


def labels(session: Session) -> list[str]:
    categories = Categories(session)
    products = session.scalars(select(Product).order_by(Product.id)).all()
    return [categories.label(product.category_id, "?") for product in products]


def quantities(session: Session) -> dict[str, int]:
    lines = Lines(session)
    found = {}
    for order in session.scalars(select(Order).order_by(Order.id)).all():
        found[order.number] = lines.quantity(order.id)
    return found


def lone(session: Session) -> str:
    return Categories(session).label(1)
