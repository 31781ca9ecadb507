"""Oracle and SQL Server compare truth values with numbers, and have no IS for them."""
# pyproject: database = ["oracle"]

from shop.models import Product


def active(session):
    return [product for product in session.query(Product) if product.active]  # found: filter-in-database (same-value)


def unknown(session):
    products = session.query(Product).all()
    return [product for product in products if not product.active]  # found: filter-in-database (same-value)
