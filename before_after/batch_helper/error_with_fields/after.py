"""A helper raises an error that keeps what it is told, under the name of a column."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from shop.models import Product
from sqlalchemy import select
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class NotFound(Exception):
    def __init__(self, name: str, key: str) -> None:
        super().__init__(f"{name} {key}")
        self.name = name
        self.sku = key


class Catalogue:
    def __init__(self, session: Session) -> None:
        self.session = session

    def products_by_sku(self, skus: Iterable[str]) -> dict[str, Product]:
        """Fetch what product() looks up for all of these skus."""
        products: dict[str, Product] = {}
        for chunk in _chunks(skus):
            for product in self.session.scalars(select(Product).where(Product.sku.in_(chunk))):
                products[product.sku] = product
        return products

    def product(self, sku: str, *, products: Optional[dict[str, Product]] = None) -> Product:
        if products is None:
            products = self.products_by_sku([sku])
        product = products.get(sku)
        if product is None:
            raise NotFound("product", sku)
        return product

    def names(self, skus: list[str]) -> list[str]:
        names = []
        products = self.products_by_sku(skus)
        for sku in skus:
            names.append(self.product(sku, products=products).name)
        return names
