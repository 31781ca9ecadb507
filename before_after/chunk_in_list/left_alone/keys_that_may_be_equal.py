"""Two different keys may find one row."""

from decimal import Decimal

from shop.models import Order, Product


def known(session, order_ids):
    return len(session.query(Order).filter(Order.id.in_(order_ids)).all())  # review: chunk-in-list (keys-equal)


def priced(session, prices: list[Decimal]):
    return len(session.query(Product).filter(Product.price.in_(prices)).all())  # review: chunk-in-list (keys-equal)
