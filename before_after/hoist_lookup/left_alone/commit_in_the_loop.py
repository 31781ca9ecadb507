"""A commit expires what was fetched, so that every row would be loaded again."""

from shop.models import Product


def book(session, skus: "list[str]"):
    for sku in skus:
        product = (
            session.query(Product)  # found: hoist-lookup (rows-stay-loaded)
            .filter(Product.sku == sku)
            .one()
        )
        product.stock = (product.stock or 0) - 1
        session.commit()
