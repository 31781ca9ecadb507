"""The product of each line is the first one that has its key, if there is one."""

from shop.models import OrderLine, Product


def described(session):
    products = session.query(Product).all()
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    return [
        (line.id, getattr(next((p for p in products if p.id == line.product_id), None), "sku", "-"))
        for line in lines
    ]


def stock(session, wanted):
    products = session.query(Product).order_by(Product.id).all()
    return {
        sku: sum(product.stock or 0 for product in products if product.sku == sku and product.active)
        for sku in wanted
    }


def labels(session, ids):
    products = session.query(Product).order_by(Product.id).all()
    return [next((p.name for p in products if p.id == key), "-") for key in ids]


def first_active(session, wanted):
    products = session.query(Product).order_by(Product.id).all()
    found = []
    for sku in wanted:
        found.append(next((p for p in products if p.sku == sku and p.active), None))
    return [product.id if product else None for product in found]
