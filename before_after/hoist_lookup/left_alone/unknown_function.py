"""A function that nobody knows is handed the session between two lookups."""

from shop.models import Product


def process(session, skus: "list[str]", callback):
    for sku in skus:
        product = (
            session.query(Product)  # review: hoist-lookup (calls-known)
            .filter(Product.sku == sku)
            .one_or_none()
        )
        callback(session, product)
