"""A method that all repositories inherit adds what the next item looks up."""

from sqlalchemy.orm import Session

from shop.db import SessionLocal
from shop.models import Product


class Repository:
    model = None

    def __init__(self, session: Session):
        self.session = session

    def find_by(self, **values):
        return self.session.query(self.model).filter_by(**values).first()

    def create(self, **values):
        row = self.model(**values)
        self.session.add(row)
        self.session.flush()
        return row


class Products(Repository):
    model = Product


def import_products(rows: list[tuple[int, str]]):
    products = Products(SessionLocal())
    for price, sku in rows:
        product = products.find_by(sku=sku)  # found: hoist-lookup (table-not-written)
        if product is None:
            products.create(sku=sku, name=sku, price=price)
        else:
            product.price = price
