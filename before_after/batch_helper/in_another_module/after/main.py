"""The helper lies in another file, whose functions the loop calls through the module."""

import prices
from shop.models import Product


def catalogue(session):
    lines = []
    products = session.query(Product).order_by(Product.id).all()
    price_list_entries = prices.price_list_entries_by_product_id(
        session, [product.id for product in products if product.active], list_code="b2b"
    )
    for product in products:
        if not product.active:
            continue
        lines.append(
            (
                product.sku,
                prices.listed(session, product.id, "b2b", price_list_entries=price_list_entries),
            )
        )
    return lines
