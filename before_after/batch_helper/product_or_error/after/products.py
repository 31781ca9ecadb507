"""Products by their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import OrderLine, Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class NotFound(Exception):
    pass


def products_by_id(
    db_session: Session, product_ids: Iterable[int | None]
) -> dict[int | None, Product]:
    """Fetch what get() looks up for all of these product ids."""
    products: dict[int | None, Product] = {}
    for ids in _chunks(product_ids):
        for product in db_session.execute(select(Product).where(Product.id.in_(ids))).scalars():
            products[product.id] = product
    return products


def get(
    *,
    db_session: Session,
    product_id: int | None,
    products: dict[int | None, Product] | None = None,
) -> Product | None:
    """The product with a number, if there is one."""
    if products is None:
        products = products_by_id(db_session, [product_id])
    return products.get(product_id)


def get_or_raise(
    *, db_session: Session, line: OrderLine, products: dict[int | None, Product] | None = None
) -> Product:
    """The product of a line."""
    product = get(db_session=db_session, product_id=line.product_id, products=products)
    if product is None:
        raise NotFound(f"{line.id} has no product")
    return product
