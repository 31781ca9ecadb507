"""A repository is made for each item, or by a function that the loop calls, only to find a row by it."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, Optional, TypeVar

from shop.models import Base, Category, Supplier
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
        return self._session.scalars(select(self.model).filter_by(**filters)).one_or_none()


class Suppliers(Repository[Supplier]):
    model = Supplier

    def by_name(self, name: str) -> Optional[Supplier]:
        return self.find_by(name=name)


class Categories(Repository[Category]):
    model = Category


def cities(session: Session, names: list[str]) -> list[Optional[str]]:
    found = []
    suppliers: dict[str, Supplier] = {}
    for chunk in _chunks(names):
        for row in session.scalars(select(Supplier).where(Supplier.name.in_(chunk))):
            suppliers[row.name] = row
    for name in names:
        supplier = suppliers.get(name)
        found.append(supplier.city if supplier is not None else "nowhere")
    return found


def category_of(session: Session, slug: str) -> Optional[Category]:
    return Categories(session).find_by(slug=slug)


def titles(session: Session, slugs: list[str]) -> list[str]:
    titles = []
    categories: dict[str, Category] = {}
    for chunk in _chunks(slugs):
        for row in session.scalars(select(Category).where(Category.slug.in_(chunk))):
            categories[row.slug] = row
    for slug in slugs:
        category = categories.get(slug)
        titles.append(category.name if category else "")
    return titles
