"""Products are counted in ranges of their price, of two lists of ranges."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import Product


def counts(session: Session, limits: list[Decimal], discounts: list[int]) -> list[int]:
    found: list[int] = []
    for discount in discounts:
        for limit in limits:
            stmt = select(func.count()).select_from(Product).where(Product.price <= limit)
            found.append(session.execute(stmt).scalar_one() - discount)
    return found


def cheap(session: Session, limits: list[Decimal]) -> list[list[str]]:
    return [
        [
            product.sku
            for product in session.scalars(
                select(Product).where(Product.price < limit).order_by(Product.id)
            )
        ]
        for limit in limits
    ]
