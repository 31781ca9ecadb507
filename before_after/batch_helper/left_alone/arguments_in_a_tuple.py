"""It is not seen which argument the key is."""

from shop.models import Product


def price(session, product_id: int):
    return session.query(Product.price).filter(Product.id == product_id).scalar()


def prices(session, rows: list[tuple[int]]):
    return [price(session, *row) for row in rows]  # found: batch-helper (call-understood)
