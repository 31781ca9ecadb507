"""Two relationships are read two calls away from the query."""

from serializers import serialize

from shop.models import Product


def catalogue(session):
    products = session.query(Product).filter(Product.active).order_by(Product.sku).all()
    return {"products": [serialize(product) for product in products]}
