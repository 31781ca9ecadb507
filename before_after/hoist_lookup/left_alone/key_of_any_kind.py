"""Numbers as keys of a text column: SQLite finds "5" for 5, and psycopg does with others around."""

from shop.models import Product


def names(session, skus):
    result = []
    for sku in skus:
        product = session.query(Product).filter(Product.sku == sku).first()  # review: hoist-lookup (keys-equal)
        result.append(product.name if product else None)
    return result
