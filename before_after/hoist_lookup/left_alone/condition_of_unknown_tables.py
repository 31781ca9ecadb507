"""SQL as text, and a condition that the caller has made, may read what the loop writes."""

from sqlalchemy import text

from shop.models import Product, Supplier


def moved(session):
    found = {}
    for supplier in session.query(Supplier).order_by(Supplier.id).all():
        found[supplier.name] = (
            session.query(Product)  # review: hoist-lookup (table-not-written)
            .filter(Product.supplier_id == supplier.id)
            .filter(text("NOT EXISTS (SELECT 1 FROM suppliers WHERE city = 'Bern')"))
            .count()
        )
        supplier.city = "Bern"
    return found


def moved_where(session, condition):
    found = {}
    for supplier in session.query(Supplier).order_by(Supplier.id).all():
        found[supplier.name] = (
            session.query(Product)  # review: hoist-lookup (table-not-written)
            .filter(Product.supplier_id == supplier.id, condition)
            .count()
        )
        supplier.city = "Bern"
    return found
