"""Products are counted in ranges of their price, of two lists of ranges."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Product


def counts(session: Session, limits: list[Decimal], discounts: list[int]) -> list[int]:
    found: list[int] = []
    products = session.execute(select(Product.price).select_from(Product)).all()
    for discount in discounts:
        for limit in limits:
            found.append(sum(1 for product in products if product.price <= limit) - discount)
    return found


def cheap(session: Session, limits: list[Decimal]) -> list[list[str]]:
    products = session.execute(select(Product.price, Product.sku).order_by(Product.id)).all()
    return [
        [product.sku for product in [product for product in products if product.price < limit]]
        for limit in limits
    ]
