"""An annotated function returns products with their tags, at which nobody looks."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Product


def all_products(session: Session) -> Sequence[Product]:
    query = select(Product).order_by(Product.id)
    return session.scalars(query).all()


def prices(session: Session) -> dict[str, Decimal]:
    return {product.sku: product.price for product in all_products(session)}
