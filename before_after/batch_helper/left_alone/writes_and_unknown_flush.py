"""Whether a query of the helper flushes what the loop writes is not known."""

from shop.models import Product, Tag


def price(session, product_id: int):
    return session.query(Product.price).filter(Product.id == product_id).scalar()


def tag_prices(session, product_ids: list[int]):
    for product_id in product_ids:
        name = price(session, product_id)  # review: batch-helper (flushes-alike)
        session.add(Tag(name=f"{name}"))
