"""Two nested loops over a dict of lists; a guard goes along into the collection of the keys."""

from collections.abc import Iterable, Iterator
from typing import Any, Dict, List

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def missing(session: Session, wanted: Dict[str, List[str]]) -> List[str]:
    result = []
    products: dict[str, Product] = {}
    for chunk in _chunks(sku for shelf, skus in wanted.items() for sku in skus if sku):
        for row in session.scalars(select(Product).where(Product.sku.in_(chunk))):
            products[row.sku] = row
    for shelf, skus in wanted.items():
        for sku in skus:
            if not sku:
                continue
            product = products.get(sku)
            if product is None:
                result.append(f"{shelf}: {sku}")
    return result
