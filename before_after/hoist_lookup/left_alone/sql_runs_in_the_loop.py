"""The loop sends SQL as text, which may write what the next lookup finds."""

from sqlalchemy import text

from shop.models import Product


def names(session, ids: list[int]):
    result = []
    for product_id in ids:
        product = session.query(Product).filter(Product.id == product_id).first()  # review: hoist-lookup (table-not-written)
        result.append(product.name if product else None)
        session.execute(text("DELETE FROM products WHERE supplier_id = :id"), {"id": product_id})
    return result
