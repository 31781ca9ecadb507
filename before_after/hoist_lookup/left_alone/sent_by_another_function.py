"""Functions that only send a query for their callers, in ways that a loop cannot do by itself."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from shop.models import Base, Product, Supplier

M = TypeVar("M", bound=Base)


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session

    def one(self, **criteria: Any) -> M | None:
        return self.session.query(self.model).filter_by(**criteria).one_or_none()


class Products(Repository[Product]):
    model = Product


class Suppliers(Repository[Supplier]):
    model = Supplier


def from_other_shops(session: Session, others: list[Session], skus: list[str]) -> list[bool]:
    """Each product is looked for in the shop that the one before was not found in."""
    products = Products(session)
    found = []
    for number, sku in enumerate(skus):
        product = products.one(sku=sku)  # found: hoist-lookup (query-invariant)
        if product is None:
            products.session = others[number]
        found.append(product is not None)
    return found


def of_suppliers(session: Session, names: list[str]) -> list[str]:
    """The session looks for the rows that the loop adds."""
    suppliers = Suppliers(session)
    found = []
    for name in names:
        supplier = suppliers.one(name=name)  # found: hoist-lookup (table-not-written)
        if supplier is None:
            session.add_all([Supplier(name=name)])
        found.append(name)
    return found
