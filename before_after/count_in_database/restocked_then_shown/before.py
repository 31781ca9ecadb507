"""The rows would serve the `get()` that comes later; only a person can tell what that costs."""

from shop.models import Product


def restock(session, ids):
    products = session.query(Product).filter(Product.stock == 0).all()
    message = "%d products are sold out" % len(products)
    names = [session.get(Product, product_id).name for product_id in ids]
    return message, names
