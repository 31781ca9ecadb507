"""A helper gets a product by its identity; called alone it may find it in the session."""

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


def products_by_id(session: Session, product_ids: Iterable[int | None]) -> dict[int, Product]:
    """Fetch what product_name() looks up for all of these product ids."""
    products: dict[int, Product] = {}
    for ids in _chunks(product_id for product_id in product_ids if product_id is not None):
        for product in session.scalars(select(Product).where(Product.id.in_(ids))):
            products[product.id] = product
    return products


def product_name(
    session: Session, product_id: int | None, *, products: dict[int, Product] | None = None
) -> str:
    """What is on the label."""
    if product_id is None:
        return "-"
    product = session.get(Product, product_id) if products is None else products.get(product_id)
    return product.name if product is not None else "?"


def labels(session: Session) -> list[tuple[int, str]]:
    found = []
    order_lines = session.query(OrderLine).order_by(OrderLine.id).all()
    products = products_by_id(session, [line.product_id for line in order_lines])
    for line in order_lines:
        found.append((line.quantity, product_name(session, line.product_id, products=products)))
    return found
