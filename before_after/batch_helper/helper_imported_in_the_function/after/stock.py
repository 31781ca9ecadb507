"""What is known of products. The file imports from the one that asks it."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from main import LIMIT
from shop.models import Product
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def product_stocks_by_sku(session: Session, skus: Iterable[str]) -> "dict[str, int | None]":
    """Fetch what stock_of() looks up for all of these skus."""
    product_stocks: dict[str, int | None] = {}
    for chunk in _chunks(skus):
        for product in session.query(Product.stock, Product.sku).filter(Product.sku.in_(chunk)):
            product_stocks[product.sku] = product.stock
    return product_stocks


def stock_of(
    session: Session, sku: str, *, product_stocks: "dict[str, int | None] | None" = None
) -> Optional[int]:
    if product_stocks is None:
        product_stocks = product_stocks_by_sku(session, [sku])
    found = product_stocks.get(sku)
    return None if found is None else min(found, LIMIT)


def products_by_sku(session: Session, skus: Iterable[str]) -> dict[str, Product]:
    """Fetch what name_of() looks up for all of these skus."""
    products: dict[str, Product] = {}
    for chunk in _chunks(skus):
        for product in session.query(Product).filter(Product.sku.in_(chunk)):
            products[product.sku] = product
    return products


def name_of(session: Session, sku: str, *, products: Optional[dict[str, Product]] = None) -> str:
    if products is None:
        products = products_by_sku(session, [sku])
    product = products.get(sku)
    return product.name if product is not None else sku
