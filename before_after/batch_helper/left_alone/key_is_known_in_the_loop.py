"""The key, or the session, is known in the loop or in the helper only."""

from shop.db import SessionLocal
from shop.models import Category, Product


def slug(session, category_id: int):
    return session.query(Category.slug).filter(Category.id == category_id).scalar()


def path(session, category: Category):
    parts = []
    while category is not None:
        parts.append(slug(session, category.id))
        category = category.parent
    return parts


def slugs(session, products: list[Product]):
    last = 1
    found = []
    for product in products:
        found.append(slug(session, last))  # found: batch-helper (keys-known-before)
        last = product.category_id or last
    return found


def cheaper(session, product: Product):
    return session.query(Product).filter(Product.price < product.price).count()


def ranks(session, products: list[Product]):
    return [cheaper(session, product) for product in products]  # found: batch-helper (keys-known-before)


def own_session(sku: str):
    with SessionLocal() as session:
        return session.query(Product.price).filter(Product.sku == sku).scalar()


def own_sessions(skus: list[str]):
    return [own_session(sku) for sku in skus]  # found: batch-helper (keys-known-before)
