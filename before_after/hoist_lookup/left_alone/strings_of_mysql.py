"""MySQL finds `"ab"` where a dict has `"AB"`."""
# pyproject: database = ["mysql"]

from shop.models import Product


def prices(session, skus: list[str]):
    found = []
    for sku in skus:
        product = session.query(Product).filter(Product.sku == sku).first()  # found: hoist-lookup (keys-equal)
        found.append(product.price if product else None)
    return found
