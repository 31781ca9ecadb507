"""A key of None finds the rows without one, which the annotation of the parameter rules out."""

from shop.models import Category, Product


def products_of(session, category_id: int):
    return session.query(Product).filter(Product.category_id == category_id).count()


def counts(session):
    found = []
    for category in session.query(Category).order_by(Category.id).all():
        found.append(products_of(session, category.parent_id))  # found: batch-helper (null-keys)
    return found
