"""What a helper adds has its key by the flush of the next lookup."""

from sqlalchemy.orm import Session

from shop.db import SessionLocal
from shop.models import Product, Tag


def price_of(session: Session, product_id: int):
    return session.query(Product.price).filter(Product.id == product_id).scalar()


def record(session: Session, name: str) -> Tag:
    tag = Tag(name=name)
    session.add(tag)
    return tag


def tag_prices(product_ids: list[int]):
    session = SessionLocal()
    numbers, last = [], Tag(id=0)
    for product_id in product_ids:
        price = price_of(session, product_id)  # review: batch-helper (flushes-alike)
        numbers.append(last.id)
        last = record(session, f"{product_id}: {price}")
    session.commit()
    return numbers
