"""A service asks repositories that all have one base class, which serves any class of rows."""

from typing import Optional

from shop.models import OrderStatus, Product
from sqlalchemy.orm import Session

from repository import Categories, Lines, Orders, Products, first


class Catalogue:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.categories = Categories(session)
        self.products = Products(session)

    def prices(self, skus: list[str]) -> list[Optional[str]]:
        found = []
        for sku in skus:
            product = self.products.find_one(sku=sku)
            found.append(None if product is None else str(product.price))
        return found

    def sizes(self, slugs: list[str]) -> dict[str, int]:
        sizes = {}
        for slug in slugs:
            category = self.categories.by_slug(slug)
            if category is not None:
                sizes[slug] = len(category.name)
        return sizes

    def offered(self) -> dict[str, list[str]]:
        offered = {}
        for category in self.categories.list():
            products = self.products.list(category_id=category.id, active=True)
            offered[category.slug] = [product.sku for product in products]
        return offered

    def ids(self, names: list[str]) -> list[Optional[int]]:
        found = []
        for name in names:
            product = first(self.session, Product, name)
            found.append(product.id if product is not None else None)
        return found


def lines(session: Session, status: OrderStatus) -> list[tuple[str, int, Optional[int]]]:
    found = []
    orders, positions = Orders(session), Lines(session)
    for order in orders.list(status=status):
        last = positions.latest(order_id=order.id)
        number = positions.count(order_id=order.id)
        found.append((order.number, number, last.quantity if last is not None else None))
    return found
