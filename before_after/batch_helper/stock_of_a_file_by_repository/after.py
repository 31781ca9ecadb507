"""A repository knows its class by an attribute, and the loop writes another column of the rows."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

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


class Products(Repository):
    def __init__(self, session):
        super().__init__(Product, session)

    def products_by_sku(self, skus: Iterable[str]) -> dict[str, Product]:
        """Fetch what by_sku() looks up for all of these skus."""
        products: dict[str, Product] = {}
        for chunk in _chunks(skus):
            for product in self.session.query(self.model).filter(self.model.sku.in_(chunk)):
                products[product.sku] = product
        return products

    def by_sku(self, sku: str, *, products: Optional[dict[str, Product]] = None):
        if products is None:
            products = self.products_by_sku([sku])
        return products.get(sku)


def restock(session, amounts: list[tuple[str, int]]):
    products = Products(session)
    missing = []
    found_products = products.products_by_sku([sku for sku, amount in amounts])
    for sku, amount in amounts:
        product = products.by_sku(sku, products=found_products)
        if product is None:
            missing.append(sku)
        else:
            product.stock = amount
    return missing
