"""Nothing says what the keys are, or they are text for a column of numbers."""

from shop.models import Product


def price(session, product_id):
    return str(session.query(Product.price).filter(Product.id == product_id).scalar())


def prices(session, given):
    found = []
    for each in list(given):
        found.append(price(session, each))  # review: batch-helper (keys-equal)
    return found


def stock(session, product_id):
    return str(session.query(Product.stock).filter(Product.id == product_id).scalar())


def stocks(session, rows: list[dict[str, str]]):
    return [stock(session, row["id"]) for row in rows]  # found: batch-helper (keys-equal)
