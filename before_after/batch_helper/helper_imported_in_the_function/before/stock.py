"""What is known of products. The file imports from the one that asks it."""

from typing import Optional

from main import LIMIT
from shop.models import Product
from sqlalchemy.orm import Session


def stock_of(session: Session, sku: str) -> Optional[int]:
    found = session.query(Product.stock).filter(Product.sku == sku).scalar()
    return None if found is None else min(found, LIMIT)


def name_of(session: Session, sku: str) -> str:
    product = session.query(Product).filter(Product.sku == sku).one_or_none()
    return product.name if product is not None else sku
