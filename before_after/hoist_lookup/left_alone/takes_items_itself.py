"""Each name is followed by a number that the loop takes itself, which no list would give."""

from shop.models import Product


def prices(session, cells):
    found = []
    for sku in cells:
        product = session.query(Product).filter(Product.sku == sku).one_or_none()  # found: hoist-lookup (items-repeatable)
        found.append((product is not None, next(cells)))
    return found
