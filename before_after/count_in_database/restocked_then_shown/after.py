"""The rows would serve the `get()` that comes later; only a person can tell what that costs."""

from shop.models import Product


def restock(session, ids):
    product_count = session.query(Product).filter(Product.stock == 0).count()
    message = "%d products are sold out" % product_count
    names = [session.get(Product, product_id).name for product_id in ids]
    return message, names
