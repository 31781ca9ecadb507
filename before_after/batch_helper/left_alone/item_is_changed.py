"""The helper makes something else of its parameter."""

from shop.models import Product


def price(session, sku: str):
    sku = sku.strip().upper()
    return session.query(Product.price).filter(Product.sku == sku).scalar()


def prices(session, skus: list[str]):
    return [price(session, sku) for sku in skus]  # found: batch-helper (item-kept)
