"""The loop may leave an iterator before it comes to its end."""

from collections.abc import Iterator

from shop.models import Product


def price(session, product_id: int):
    return session.query(Product.price).filter(Product.id == product_id).scalar()


def first_price(session, product_ids: Iterator[int]):
    for product_id in product_ids:
        found = price(session, product_id)  # review: batch-helper (items-repeatable)
        if found is not None:
            return found
    return None
