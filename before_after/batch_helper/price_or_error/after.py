"""A helper insists on a row; the loop goes on where there is none."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.exc import NoResultFound

from shop.models import Product


def _required(row: Any) -> Any:
    """This row, which there must be."""
    if row is None:
        raise NoResultFound("No row was found when one was required")
    return row


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def products_by_sku(session, skus):
    """Fetch what price_of() looks up for all of these skus."""
    products = {}
    for chunk in _chunks(skus):
        for product in session.query(Product).filter(Product.sku.in_(chunk)):
            products[product.sku] = product
    return products


def price_of(session, sku, *, products=None):
    if products is None:
        products = products_by_sku(session, [sku])
    # every product has a price
    return _required(products.get(sku)).price


def prices(session, skus: list[str]):
    found = []
    products = products_by_sku(session, skus)
    for sku in skus:
        try:
            found.append((sku, price_of(session, sku, products=products)))
        except NoResultFound:
            found.append((sku, None))
    return found
