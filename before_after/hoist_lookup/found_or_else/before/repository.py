"""Repositories, which keep their session to themselves."""

from typing import Any, Generic, Optional, TypeVar

from shop.models import Base, Category, Order, OrderStatus, Product, Supplier, Tag
from sqlalchemy import func, select
from sqlalchemy.orm import Session

M = TypeVar("M", bound=Base)


class NotFound(Exception):
    pass


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self._session = session

    def _query(self) -> Any:
        return select(self.model)

    def find_one(self, **criteria: Any) -> Optional[M]:
        result = self._session.execute(select(self.model).filter_by(**criteria))
        return result.scalar_one_or_none()

    def get_or_create(self, **values: Any) -> M:
        """The row that has these values."""
        row = self.find_one(**values)
        if row is not None:
            return row
        row = self.model(**values)
        self._session.add(row)
        self._session.flush()
        return row

    def find(self, *criteria: Any) -> list[M]:
        statement = self._query().where(*criteria).order_by(self.model.id)
        return list(self._session.scalars(statement).all())

    def count(self, *criteria: Any) -> int:
        statement = select(func.count()).select_from(self.model).where(*criteria)
        return self._session.execute(statement).scalar_one()


class Suppliers(Repository[Supplier]):
    model = Supplier


class Tags(Repository[Tag]):
    model = Tag


class Categories(Repository[Category]):
    model = Category

    def by_slug(self, slug: str) -> Category:
        category = self.find_one(slug=slug)
        if not category:
            raise NotFound(slug)
        return category


class Products(Repository[Product]):
    model = Product

    def in_category(self, category_id: int) -> list[Product]:
        return list(self.find(Product.category_id == category_id, Product.active.is_(True)))


class Orders(Repository[Order]):
    model = Order

    def number_of_open(self, customer_id: int) -> int:
        return self.count(Order.customer_id == customer_id, Order.status != OrderStatus.CANCELLED)
