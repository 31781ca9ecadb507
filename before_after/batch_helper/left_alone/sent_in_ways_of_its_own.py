"""Functions that only send a query for their callers, in ways that a loop cannot do by itself."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from shop.models import Base, Product

M = TypeVar("M", bound=Base)


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session
        self._own = Session(session.get_bind())
        self._price = 100

    def one(self, **criteria: Any) -> M | None:
        return self.session.query(self.model).filter_by(**criteria).one_or_none()

    def one_of_ours(self, **criteria: Any) -> M | None:
        return self._own.query(self.model).filter_by(**criteria).one_or_none()

    def made_up(self, **criteria: Any) -> M | None:
        criteria["active"] = True
        return self.session.query(self.model).filter_by(**criteria).one_or_none()

    def above(self, **criteria: Any) -> list[M]:
        query = self.session.query(self.model).filter(self.model.price > self._price)
        return query.filter_by(**criteria).order_by(self.model.id).all()


class Products(Repository[Product]):
    model = Product


def of_each_shop(shops: list[Products], skus: list[str]) -> list[bool]:
    found = []
    for number, sku in enumerate(skus):
        found.append(shops[number].one(sku=sku) is not None)  # found: batch-helper (query-understood)
    return found


def behind_its_back(session: Session, skus: list[str]) -> list[bool]:
    products = Products(session)
    return [
        products.one_of_ours(sku=sku) is not None  # found: batch-helper (query-understood)
        for sku in skus
    ]


def with_more(session: Session, skus: list[str]) -> list[bool]:
    products = Products(session)
    found = []
    for sku in skus:
        product = products.made_up(sku=sku)  # found: batch-helper (query-understood)
        found.append(product is not None)
    return found


def expensive(session: Session, supplier_ids: list[int]) -> list[int]:
    products = Products(session)
    numbers = []
    for supplier_id in supplier_ids:
        rows = products.above(supplier_id=supplier_id)  # found: batch-helper (query-understood)
        numbers.append(len(rows))
    return numbers
