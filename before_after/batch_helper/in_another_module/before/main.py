"""The helper lies in another file, whose functions the loop calls through the module."""

import prices
from shop.models import Product


def catalogue(session):
    lines = []
    for product in session.query(Product).order_by(Product.id):
        if not product.active:
            continue
        lines.append((product.sku, prices.listed(session, product.id, "b2b")))
    return lines
