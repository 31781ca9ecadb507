"""The function that asks closes its session, and its caller lives with rows that load no more."""

from sqlalchemy.orm.exc import DetachedInstanceError

from shop.db import SessionLocal
from shop.models import Product


def products():
    with SessionLocal() as session:
        return session.query(Product).order_by(Product.id).all()


def title(product):
    try:
        return "%s by %s" % (product.name, product.supplier.name)  # found: eager-load (errors-not-handled)
    except DetachedInstanceError:
        return product.name


def titles():
    return [title(product) for product in products()]
