"""Methods and functions ask by a finder for any class, and give back a default where it has nothing."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, Optional, TypeVar

from shop.models import Base, Category, Order, OrderLine, Product
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
        self._session = session

    def find_by(self, **filters: Any) -> Optional[M]:
        statement = select(self.model).filter_by(**filters)
        return self._session.execute(statement).scalar_one_or_none()

    def list(self, **filters: Any) -> list[M]:
        return list(self._session.scalars(select(self.model).filter_by(**filters)))


class Categories(Repository[Category]):
    model = Category

    def categories_by_id(
        self, category_ids: Iterable[Optional[int]]
    ) -> "dict[int | None, Category]":
        """Fetch what label() looks up for all of these category ids."""
        categories: dict[int | None, Category] = {}
        for ids in _chunks(category_ids):
            for category in self._session.execute(
                select(Category).where(Category.id.in_(ids))
            ).scalars():
                categories[category.id] = category
        return categories

    def label(
        self,
        category_id: Optional[int],
        default: str = "none",
        *,
        categories: "dict[int | None, Category] | None" = None
    ) -> str:
        if categories is None:
            categories = self.categories_by_id([category_id])
        category = categories.get(category_id)
        return category.name.upper() if category is not None else default


class Lines(Repository[OrderLine]):
    model = OrderLine

    def order_lines_by_order_id(self, order_ids: Iterable[int]) -> dict[int, list[OrderLine]]:
        """Fetch what quantity() looks up for all of these order ids."""
        order_lines: dict[int, list[OrderLine]] = {}
        for chunk in _chunks(order_ids):
            for order_line in self._session.scalars(
                select(OrderLine).where(OrderLine.order_id.in_(chunk))
            ):
                order_lines.setdefault(order_line.order_id, []).append(order_line)
        return order_lines

    def quantity(
        self, order_id: int, *, order_lines: Optional[dict[int, list[OrderLine]]] = None
    ) -> int:
        if order_lines is None:
            order_lines = self.order_lines_by_order_id([order_id])
        return sum(line.quantity for line in order_lines.get(order_id, []))


def labels(session: Session) -> list[str]:
    categories = Categories(session)
    products = session.scalars(select(Product).order_by(Product.id)).all()
    found_categories = categories.categories_by_id([product.category_id for product in products])
    return [
        categories.label(product.category_id, "?", categories=found_categories)
        for product in products
    ]


def quantities(session: Session) -> dict[str, int]:
    lines = Lines(session)
    found = {}
    orders = session.scalars(select(Order).order_by(Order.id)).all()
    order_lines = lines.order_lines_by_order_id([order.id for order in orders])
    for order in orders:
        found[order.number] = lines.quantity(order.id, order_lines=order_lines)
    return found


def lone(session: Session) -> str:
    return Categories(session).label(1)
