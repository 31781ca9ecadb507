"""A helper insists on a row; the loop goes on where there is none."""

from sqlalchemy.exc import NoResultFound

from shop.models import Product


def price_of(session, sku):
    # every product has a price
    return session.query(Product).filter(Product.sku == sku).one().price


def prices(session, skus: list[str]):
    found = []
    for sku in skus:
        try:
            found.append((sku, price_of(session, sku)))
        except NoResultFound:
            found.append((sku, None))
    return found
