"""The items may come from an iterator, which the loop leaves before its end."""

from typing import Iterator

from shop.models import Product


def first_missing(session, skus: Iterator[str]):
    for sku in skus:
        product = (
            session.query(Product)  # review: hoist-lookup (items-repeatable)
            .filter(Product.sku == sku)
            .one_or_none()
        )
        if product is None:
            return sku
    return None
