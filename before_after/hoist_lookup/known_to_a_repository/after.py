"""A repository says whether there is a row; which kind of session it has is not said."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from shop.models import Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Repository:
    def __init__(self, model, session):
        self.model = model
        self.session = session

    def knows(self, ident):
        return self.session.get(self.model, ident) is not None


def known(session, idents: list[int]):
    products = Repository(Product, session)
    products_by_id: dict[int, Product] = {}
    for ids in _chunks(idents):
        for product in products.session.scalars(select(Product).where(Product.id.in_(ids))):
            products_by_id[product.id] = product
    return [ident for ident in idents if products_by_id.get(ident) is not None]
