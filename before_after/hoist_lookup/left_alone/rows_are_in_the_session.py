"""The suppliers are loaded already: get() finds them without asking the database."""

from shop.models import Product, Supplier


def names(session):
    suppliers = session.query(Supplier).all()
    result = [len(suppliers)]
    for product in session.query(Product).order_by(Product.id).all():
        supplier = session.get(  # found: hoist-lookup (not-loaded-already)
            Supplier, product.supplier_id
        )
        result.append(supplier and supplier.name)
    return result
