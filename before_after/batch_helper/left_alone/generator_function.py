"""Whoever consumes the generator may write between two items."""

from shop.models import Product


def price(session, product_id: int):
    return session.query(Product.price).filter(Product.id == product_id).scalar()


def prices(session, product_ids: list[int]):
    for product_id in product_ids:
        yield price(session, product_id)  # review: batch-helper (not-suspended)
