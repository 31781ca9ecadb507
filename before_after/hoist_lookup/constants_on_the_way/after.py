"""Methods of a repository hand on what they are asked for, and constants with it."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from shop.models import AuditLog, Base, Category, Product, User
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
    categories = session.scalars(select(Category).order_by(Category.id)).all()
    products_by_category_id: dict[int | None, list[Product]] = {}
    for category_ids in _chunks(category.id for category in categories):
        for row in products.session.scalars(
            select(Product)
            .where(Product.category_id.in_(category_ids))
            .filter_by(active=True)
            .order_by(Product.id)
        ):
            products_by_category_id.setdefault(row.category_id, []).append(row)
    for category in categories:
        found[category.slug] = [
            product.sku for product in products_by_category_id.get(category.id, [])
        ]
    return found


def actions(session: Session) -> list[tuple[str, list[str]]]:
    entries = Entries(session)
    users = session.scalars(select(User).order_by(User.id)).all()
    audit_logs_by_user_id: dict[int | None, list[AuditLog]] = {}
    for user_ids in _chunks(user.id for user in users):
        for audit_log in entries.session.scalars(
            select(AuditLog)
            .where(AuditLog.user_id.in_(user_ids))
            .filter_by(entity_type="product")
            .order_by(AuditLog.id)
        ):
            audit_logs_by_user_id.setdefault(audit_log.user_id, []).append(audit_log)
    return [
        (user.login, [entry.action for entry in audit_logs_by_user_id.get(user.id, [])])
        for user in users
    ]
