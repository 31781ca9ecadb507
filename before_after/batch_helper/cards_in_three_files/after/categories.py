from collections.abc import Iterable, Iterator
from typing import Any

from shop.models import Category
from sqlalchemy import select
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def categories_by_id(
    session: Session, category_ids: Iterable[int | None]
) -> dict[int | None, Category]:
    """Fetch what find() looks up for all of these category ids."""
    categories: dict[int | None, Category] = {}
    for ids in _chunks(category_ids):
        for category in session.scalars(select(Category).where(Category.id.in_(ids))):
            categories[category.id] = category
    return categories


def find(
    session: Session,
    category_id: int | None,
    *,
    categories: dict[int | None, Category] | None = None
) -> Category | None:
    if categories is None:
        categories = categories_by_id(session, [category_id])
    return categories.get(category_id)
