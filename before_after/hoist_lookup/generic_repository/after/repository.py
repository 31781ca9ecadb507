"""Repositories."""

from typing import Any, Generic, Optional, TypeVar

from shop.models import Base, Category, Order, OrderLine, Product
from sqlalchemy import func, select
from sqlalchemy.orm import Session

M = TypeVar("M", bound=Base)


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, key: Any) -> Optional[M]:
        return self.session.get(self.model, key)

    def find_one(self, **criteria: Any) -> Optional[M]:
        """The only row that has these values."""
        statement = select(self.model).filter_by(**criteria)
        return self.session.execute(statement).scalar_one_or_none()

    def list(self, **criteria: Any) -> list[M]:
        return self.session.query(self.model).filter_by(**criteria).order_by(self.model.id).all()

    def count(self, **criteria: Any) -> int:
        statement = select(func.count()).select_from(self.model).filter_by(**criteria)
        return self.session.scalar(statement)

    def latest(self, **criteria: Any) -> Optional[M]:
        query = self.session.query(self.model).filter_by(**criteria)
        return query.order_by(self.model.id.desc()).first()


class Categories(Repository[Category]):
    model = Category

    def by_slug(self, slug: str) -> Optional[Category]:
        return self.find_one(slug=slug)


class Lines(Repository[OrderLine]):
    model = OrderLine


class Orders(Repository[Order]):
    model = Order


class Products(Repository[Product]):
    model = Product


def first(session: Session, model: type[M], name: str) -> Optional[M]:
    return session.query(model).filter(model.name == name).order_by(model.id).first()
