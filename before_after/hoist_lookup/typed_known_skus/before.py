"""Of the article numbers of a file those are kept that no product of a typed shop has."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Product


def new_skus(session: Session, skus: Sequence[str]) -> list[str]:
    return [
        sku
        for sku in skus
        # compared as it is written
        if session.execute(select(Product.id).where(Product.sku == sku)).first() is None
    ]
