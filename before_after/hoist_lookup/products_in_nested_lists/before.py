"""Two nested loops over a dict of lists; a guard goes along into the collection of the keys."""

from typing import Dict, List

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Product


def missing(session: Session, wanted: Dict[str, List[str]]) -> List[str]:
    result = []
    for shelf, skus in wanted.items():
        for sku in skus:
            if not sku:
                continue
            product = session.scalars(select(Product).where(Product.sku == sku)).one_or_none()
            if product is None:
                result.append(f"{shelf}: {sku}")
    return result
