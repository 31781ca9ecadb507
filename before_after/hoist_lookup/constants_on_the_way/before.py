"""Methods of a repository hand on what they are asked for, and constants with it."""

from typing import Any, Generic, TypeVar

from shop.models import AuditLog, Base, Category, Product, User
from sqlalchemy import select
from sqlalchemy.orm import Session

M = TypeVar("M", bound=Base)


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session

    def list(self, **criteria: Any) -> list[M]:
        statement = select(self.model).filter_by(**criteria).order_by(self.model.id)
        return list(self.session.scalars(statement))


class Products(Repository[Product]):
    model = Product

    def offered(self, category_id: int) -> list[Product]:
        return self.list(category_id=category_id, active=True)


class Entries(Repository[AuditLog]):
    model = AuditLog

    def of_products(self, user_id: int) -> list[AuditLog]:
        return self.list(user_id=user_id, entity_type="product")


def offers(session: Session) -> dict[str, list[str]]:
    products = Products(session)
    found = {}
    for category in session.scalars(select(Category).order_by(Category.id)).all():
        found[category.slug] = [product.sku for product in products.offered(category.id)]
    return found


def actions(session: Session) -> list[tuple[str, list[str]]]:
    entries = Entries(session)
    return [
        (user.login, [entry.action for entry in entries.of_products(user.id)])
        for user in session.scalars(select(User).order_by(User.id)).all()
    ]
