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
    known_skus: set[str] = set()
    for chunk in _chunks(sku for shelf, skus in wanted.items() for sku in skus if sku):
        known_skus.update(
            session.scalars(select(Product.sku).where(Product.sku.in_(chunk)).distinct())
        )
    for shelf, skus in wanted.items():
        for sku in skus:
            if not sku:
                continue
            product = sku in known_skus
            if not product:
                result.append(f"{shelf}: {sku}")
    return result
