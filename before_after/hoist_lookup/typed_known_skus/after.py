"""Of the article numbers of a file those are kept that no product of a typed shop has."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def new_skus(session: Session, skus: Sequence[str]) -> list[str]:
    known_skus: set[str] = set()
    for chunk in _chunks(skus):
        known_skus.update(
            session.execute(select(Product.sku).where(Product.sku.in_(chunk)).distinct()).scalars()
        )
    return [
        sku
        for sku in skus
        # compared as it is written
        if sku not in known_skus
    ]
