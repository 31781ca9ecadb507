"""Callers bring the key of a parent that may be missing, to helpers that are annotated with int."""

from sqlalchemy.orm import Session

from shop.models import Category, Product


def product_count(session: Session, category_id: int) -> int:
    return session.query(Product).filter(Product.category_id == category_id).count()


def products_of(session: Session, category_id: int) -> list[Product]:
    query = session.query(Product).filter(Product.category_id == category_id)
    return query.order_by(Product.id).all()


def beside(session: Session) -> list[tuple[str, int, list[str]]]:
    """Each category with the products of the one above it; those without one above have the
    products that are in none."""
    found = []
    for category in session.query(Category).order_by(Category.id).all():
        number = product_count(session, category.parent_id)
        names = [product.name for product in products_of(session, category.parent_id)]
        found.append((category.name, number, names))
    return found
