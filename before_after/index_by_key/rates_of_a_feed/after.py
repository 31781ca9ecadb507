"""A feed of dicts changes the stock of products, each of which is searched for by the feed's key."""

from typing import Any

from sqlalchemy.orm import Session

from shop.models import Product


def take_over(session: Session, feed: list[dict[str, Any]]) -> int:
    products = session.query(Product).order_by(Product.id).all()
    changed = 0
    products_by_sku: dict[str, Product] = {}
    for row in products:
        products_by_sku.setdefault(row.sku, row)
    for item in feed:
        product = products_by_sku.get(item["sku"])
        if product is not None and product.stock != item["stock"]:
            product.stock = item["stock"]
            changed += 1
    return changed
