"""The product of each line is the first one that has its key, if there is one."""

from shop.models import OrderLine, Product


def described(session):
    products = session.query(Product).all()
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    products_by_id = {}
    for product in products:
        products_by_id.setdefault(product.id, product)
    return [(line.id, getattr(products_by_id.get(line.product_id), "sku", "-")) for line in lines]


def stock(session, wanted):
    products = session.query(Product).order_by(Product.id).all()
    products_by_sku = {}
    for product in products:
        products_by_sku.setdefault(product.sku, []).append(product)
    return {
        sku: sum(product.stock or 0 for product in products_by_sku.get(sku, []) if product.active)
        for sku in wanted
    }


def labels(session, ids):
    products = session.query(Product).order_by(Product.id).all()
    products_by_id = {}
    for product in products:
        products_by_id.setdefault(product.id, []).append(product)
    return [next((p.name for p in products_by_id.get(key, [])), "-") for key in ids]


def first_active(session, wanted):
    products = session.query(Product).order_by(Product.id).all()
    found = []
    products_by_sku = {}
    for product in products:
        products_by_sku.setdefault(product.sku, []).append(product)
    for sku in wanted:
        found.append(next((p for p in products_by_sku.get(sku, []) if p.active), None))
    return [product.id if product else None for product in found]
