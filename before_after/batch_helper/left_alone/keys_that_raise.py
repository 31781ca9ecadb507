"""A key that cannot be evaluated raises, and somebody sees how far the loop has come until then."""

import sys

from shop.models import Product


def price(session, row: dict):
    if "product" not in row:
        return None
    product = session.query(Product).filter(Product.id == int(row["product"])).first()
    return product.price if product else None


def prices_until_one_fails(session, rows: list[dict]):
    found = []
    try:
        for row in rows:
            found.append(price(session, row))  # review: batch-helper (keys-known-before)
    except ValueError:
        found.append("bad")
    return found


def one_less(session, rows: list[dict]):
    prices = []
    while True:
        try:
            for row in rows:
                prices.append(price(session, row))  # review: batch-helper (keys-known-before)
            break
        finally:
            print(prices)
    return prices


class Prices:
    def __init__(self, session):
        self.session = session
        self.found = []
        self.by_row = {}

    def price(self, row: dict):
        product = self.session.query(Product).filter(Product.id == int(row["product"])).first()
        return product.price if product else None

    def read(self, rows: list[dict]):
        for row in rows:
            self.found.append(self.price(row))  # review: batch-helper (keys-known-before)

    def read_by_row(self, rows: list[dict]):
        for number, row in enumerate(rows):
            self.by_row[number] = self.price(row)  # review: batch-helper (keys-known-before)


def written(session, rows: list[dict]):
    for row in rows:
        sys.stdout.write(str(price(session, row)))  # review: batch-helper (keys-known-before)
