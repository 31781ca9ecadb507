"""The consumer of a generator runs between two lookups, and may write."""

from shop.models import Product


def products(session, skus: "list[str]"):
    for sku in skus:
        query = session.query(Product).filter(Product.sku == sku)
        yield query.one_or_none()  # review: hoist-lookup (not-suspended)
