"""The loop goes over a dict of the module, in which a function that it calls changes a value."""

from shop.models import Product

NEXT = {"a": "b"}


def learn(sku: str):
    NEXT["a"] = sku


def followed(session):
    found = []
    for sku in NEXT.values():
        found.append(session.query(Product).filter(Product.sku == sku).first())  # review: hoist-lookup (keys-known-before)
        learn("c")
    return [product.name if product else None for product in found]
