"""The counter is what the rows are given, another one for each."""

from shop.models import Product


def number(session):
    count = 0
    for product in session.query(Product).order_by(Product.id):
        product.stock = count
        count += 1
    return count


def shift(session):
    count = 0
    for product in session.query(Product):
        product.stock += count
        count += 1
    return count
