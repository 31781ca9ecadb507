"""A service asks data access objects, whose queries begin in a base class of another file."""

from typing import Optional

from sqlalchemy.orm import Session

from products import ProductDAO
from shop.models import Supplier


def prices(session: Session, skus: list[str]) -> list[Optional[str]]:
    products = ProductDAO(session)
    found = []
    for sku in skus:
        product = products.by_sku(sku)
        found.append(str(product.price) if product is not None else None)
    return found


def assortment(session: Session) -> dict[str, int]:
    products = ProductDAO(session)
    suppliers = session.query(Supplier).order_by(Supplier.id)
    return {supplier.name: products.number_of(supplier) for supplier in suppliers}
