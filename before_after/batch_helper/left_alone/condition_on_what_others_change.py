"""A condition of the query reads what the module holds, and a function puts something else there."""

from shop.models import Product

SHOWN = {"name": "Lamp"}


def price(session, product_id: int):
    named = session.query(Product.price).filter(Product.name == SHOWN["name"])
    return named.filter(Product.id == product_id).scalar()


def show(name):
    SHOWN["name"] = name


def prices(session, product_ids: list[int]):
    found = []
    for each in product_ids:
        found.append(price(session, each))  # found: batch-helper (same-arguments)
        show("Chair")
    return found
