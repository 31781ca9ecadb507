"""Rows that a service returns: none of its callers reads what one of its options loads."""

from shop.models import Product
from sqlalchemy import select
from sqlalchemy.orm import selectinload


class Products:
    def __init__(self, session):
        self.session = session

    def active(self):
        query = (
            select(Product)
            .where(Product.active)
            .order_by(Product.id)
            .options(selectinload(Product.reviews), selectinload(Product.tags))
        )
        return self.session.scalars(query).all()


def names(session):
    return [product.name for product in Products(session).active()]


def tagged(session):
    found = {}
    for product in Products(session).active():
        found[product.sku] = [tag.name for tag in product.tags]
    return found


def overview(session):
    return names(session), tagged(session)
