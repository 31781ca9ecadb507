"""A cache asks once for each key; other decorators may see the parameters of the helper."""

from functools import lru_cache

from shop.models import Product


def traced(function):
    names = function.__code__.co_varnames

    def call(*args):
        print(names, args)
        return function(*args)

    return call


@lru_cache(maxsize=None)
def cached_price(session, product_id: int):
    return session.query(Product.price).filter(Product.id == product_id).scalar()


@traced
def traced_price(session, product_id: int):
    return session.query(Product.price).filter(Product.id == product_id).scalar()


def prices(session, product_ids: list[int]):
    found = []
    for product_id in product_ids:
        found.append(cached_price(session, product_id))
        found.append(traced_price(session, product_id))  # found: batch-helper (takes-a-parameter)
    return found
