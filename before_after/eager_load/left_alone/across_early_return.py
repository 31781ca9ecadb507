"""The helper comes to the read only where it has not returned before."""

from shop.models import Product


def products(session):
    return session.query(Product).order_by(Product.id).all()


def origin(product):
    if product.price < 1:
        return "a gift"
    return product.supplier.name if product.supplier else "unknown"  # review: eager-load (read-every-time)


def origins(session):
    found = []
    for product in products(session):
        found.append(origin(product))
    return found
