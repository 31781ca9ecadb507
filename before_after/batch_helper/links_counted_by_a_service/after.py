"""A service counts the tags of a product in the table between them, and is asked for each product."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from shop.models import Product, product_tags
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Tagging:
    def __init__(self, session: Session) -> None:
        self._session = session

    def product_tag_counts_by_product_id(self, products: Iterable[Product]) -> dict[int, int]:
        """Fetch what number_of_tags() looks up for all of these products."""
        product_tag_counts: dict[int, int] = {}
        for product_ids in _chunks(product.id for product in products):
            for product_id, count in self._session.execute(
                select(product_tags.c.product_id, func.count(product_tags.c.tag_id))
                .where(product_tags.c.product_id.in_(product_ids))
                .group_by(product_tags.c.product_id)
            ):
                product_tag_counts[product_id] = count
        return product_tag_counts

    def number_of_tags(
        self, product: Product, *, product_tag_counts: Optional[dict[int, int]] = None
    ) -> int:
        if product_tag_counts is None:
            product_tag_counts = self.product_tag_counts_by_product_id([product])
        return product_tag_counts.get(product.id, 0)

    def untagged(self) -> list[str]:
        products = self._session.execute(select(Product).order_by(Product.id)).scalars().all()
        product_tag_counts = self.product_tag_counts_by_product_id(products)
        return [
            product.name
            for product in products
            if not self.number_of_tags(product, product_tag_counts=product_tag_counts)
        ]
