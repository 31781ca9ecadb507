"""The loop changes rows that no lookup finds, but by which a condition of the lookup chooses."""

from sqlalchemy import select

from shop.models import Product, Supplier


def moved(session):
    found = {}
    for supplier in session.query(Supplier).order_by(Supplier.id).all():
        found[supplier.name] = (
            session.query(Product)  # found: hoist-lookup (table-not-written)
            .filter(Product.supplier_id == supplier.id, Product.supplier.has(city="Bern"))
            .count()
        )
        supplier.city = "Bern"
    return found


def moved_of_a_subquery(session):
    in_bern = select(Product.id).join(Product.supplier).where(Supplier.city == "Bern")
    found = {}
    for supplier in session.query(Supplier).order_by(Supplier.id).all():
        found[supplier.name] = (
            session.query(Product)  # found: hoist-lookup (table-not-written)
            .filter(Product.supplier_id == supplier.id, Product.id.in_(in_bern))
            .count()
        )
        supplier.city = "Bern"
    return found


def moved_of_their_products(session):
    found = {}
    for supplier in session.query(Supplier).order_by(Supplier.id).all():
        found[supplier.name] = [
            product.name
            for product in session.query(Product)  # found: hoist-lookup (table-not-written)
            .filter(Product.supplier_id == supplier.id, Product.supplier.has(city="Bern"))
            .order_by(Product.id)
        ]
        session.delete(supplier)
    return found
