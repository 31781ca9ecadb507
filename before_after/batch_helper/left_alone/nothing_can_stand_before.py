"""The query is in a condition before which the helper cannot ask whether there is anything fetched."""

from shop.models import Product


def price(session, product_id: int, free=False):
    if free:
        return 0
    elif session.query(Product).filter(Product.id == product_id).count() == 0:
        return None
    return 1


def prices(session, product_ids: list[int]):
    return [price(session, each) for each in product_ids]  # found: batch-helper (writable)
