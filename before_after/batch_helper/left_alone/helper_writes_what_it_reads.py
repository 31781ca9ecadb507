"""A later call finds what an earlier one has changed."""

from shop.db import SessionLocal
from shop.models import Product, Tag


def take(session, category_id: int):
    product = (
        session.query(Product)
        .filter(Product.category_id == category_id, Product.stock > 0)
        .order_by(Product.id)
        .first()
    )
    if product is not None:
        product.stock -= 1
    return product


def take_all(category_ids: list[int]):
    with SessionLocal() as session:
        return [take(session, each) for each in category_ids]  # found: batch-helper (table-not-written)


def tag(session, name: str):
    found = session.query(Tag).filter(Tag.name == name).first()
    if found is None:
        found = Tag(name=name)
        session.add(found)
    return found


def tags(names: list[str]):
    with SessionLocal() as session:
        return [tag(session, name) for name in names]  # review: batch-helper (flushes-alike)
