"""A label needs the number of each product that has a tag; those on sale only, in their order."""

from collections.abc import Iterable, Iterator
from typing import Any, Dict

from shop.models import Product, Tag
from sqlalchemy import select
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def labels(db: Session) -> Dict[str, str]:
    tags = {tag.name: tag for tag in db.scalars(select(Tag))}
    texts = {}
    product_skus: dict[int, list[str]] = {}
    for ids in _chunks(tag.id for name, tag in tags.items()):
        for sku, key in db.execute(
            select(Product.sku, Tag.id)
            .select_from(Product)
            .join(Product.tags)
            .where(Tag.id.in_(ids), Product.active.is_(True))
            .order_by(Product.id)
        ):
            product_skus.setdefault(key, []).append(sku)
    for name, tag in tags.items():
        skus = list(product_skus.get(tag.id, []))
        texts[name] = ", ".join(skus)
    return texts
