"""A function gives back what it finds or raises, and the loop changes what it finds rows by."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from shop.models import Base, Category


M = TypeVar("M", bound=Base)


class NotFound(Exception):
    pass


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self._session = session

    def one(self, **criteria: Any) -> M:
        row = self._session.query(self.model).filter_by(**criteria).first()
        if row is None:
            raise NotFound(str(criteria))
        return row


class Categories(Repository[Category]):
    model = Category


class Renamer:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.categories = Categories(session)

    def slugs_that_change(self, slugs: list[str]) -> list[int]:
        ids = []
        for slug in slugs:
            category = self.categories.one(slug=slug)  # found: hoist-lookup (table-not-written)
            category.slug = f"{slug}-old"
            ids.append(category.id)
        return ids
