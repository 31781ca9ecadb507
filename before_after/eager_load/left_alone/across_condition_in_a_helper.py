"""The helper reads the relationship only for some calls."""

from shop.models import Product


def products(session):
    return session.query(Product).order_by(Product.id).all()


def label(product, full):
    if full:
        return "%s by %s" % (product.name, product.supplier.name)  # review: eager-load (read-every-time)
    return product.name


def labels(session, full):
    return [label(product, full) for product in products(session) if product.supplier_id]
