"""The loop changes rows by which a condition of the query chooses others."""

from shop.models import Product, Supplier


def left_over(session):
    found = []
    for supplier in session.query(Supplier).order_by(Supplier.id).all():
        found.append(session.query(Product).filter(Product.supplier.has(city="Bern")).count())
        supplier.city = "Basel"
        session.flush()
    return found
