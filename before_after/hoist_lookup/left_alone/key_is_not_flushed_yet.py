"""The row is found by the key that is stored, and a dict would have it under the new one."""

from sqlalchemy.orm import Session

from shop.models import Product


def names(engine, sku: str, skus: list[str]):
    session = Session(engine, autoflush=False)
    product = session.query(Product).order_by(Product.id).first()
    product.sku = sku
    result = []
    for other in skus:
        found = session.query(Product).filter(Product.sku == other).first()  # review: hoist-lookup (flushes-alike)
        result.append(found.name if found else None)
    return result
