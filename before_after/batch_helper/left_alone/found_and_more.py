"""Functions that do more with a row that they find than to give it back, or find one in the place
of it; and a session that has no other name."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from shop.models import Base, Product, Supplier, Tag


M = TypeVar("M", bound=Base)


class NotFound(Exception):
    pass


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self._session = session

    def touched(self, **criteria: Any) -> M:
        row = self._session.query(self.model).filter_by(**criteria).first()
        if row is None:
            raise NotFound(str(criteria))
        row.uses += 1
        return row

    def used(self, **criteria: Any) -> M:
        row = self._session.query(self.model).filter_by(**criteria).first()
        if row is None or row.uses == 0:
            raise NotFound(str(criteria))
        return row

    def one(self, **criteria: Any) -> M:
        row = self._session.query(self.model).filter_by(**criteria).first()
        if row is None:
            raise NotFound(str(criteria))
        return row


class Tags(Repository[Tag]):
    model = Tag


class Suppliers(Repository[Supplier]):
    model = Supplier


class Products(Repository[Product]):
    model = Product


class Report:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.tags = Tags(session)
        self.products = Products(session)

    def read_by(self, session: Session) -> None:
        self.session = session

    def every_time(self, names: list[str]) -> list[int]:
        return [self.tags.touched(name=name).id for name in names]

    def in_use(self, names: list[str]) -> list[int]:
        return [self.tags.used(name=name).id for name in names]  # found: batch-helper (query-understood)

    def by_the_session_of_before(self, skus: list[str]) -> list[str]:
        """`read_by()` gives the report another session, and the repository keeps its own."""
        return [self.products.one(sku=sku).name for sku in skus]  # found: batch-helper (query-understood)


class Cities:
    def __init__(self, suppliers: Suppliers) -> None:
        self.suppliers = suppliers

    def cities(self, names: list[str]) -> list[str | None]:
        """What the session is called here is not seen."""
        return [self.suppliers.one(name=name).city for name in names]  # found: batch-helper (query-understood)
