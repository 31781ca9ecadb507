"""Repositories give back the row that they find, and raise or make one where there is none."""

from repository import Categories, NotFound, Orders, Products, Suppliers, Tags
from shop.models import Customer, Order
from sqlalchemy import select
from sqlalchemy.orm import Session


class Catalogue:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.categories = Categories(session)
        self.products = Products(session)
        self.tags = Tags(session)

    def names(self, slugs: list[str]) -> list[str]:
        return [self.categories.by_slug(slug).name for slug in slugs]

    def sizes(self, slugs: list[str]) -> list[int]:
        sizes = []
        for slug in slugs:
            try:
                category = self.categories.by_slug(slug)
            except NotFound:
                sizes.append(-1)
                continue
            sizes.append(len(category.name))
        return sizes

    def offered(self) -> dict[str, list[str]]:
        offered = {}
        for category in self.categories.find():
            products = self.products.in_category(category.id)
            offered[category.slug] = [product.sku for product in products]
        return offered

    def tag(self, names: list[str]) -> list[int]:
        ids = []
        for name in names:
            tag = self.tags.get_or_create(name=name)
            tag.uses += 1
            ids.append(tag.id)
        return ids


def cities(session: Session, names: list[str]) -> list[str | None]:
    suppliers = Suppliers(session)
    found = []
    for name in names:
        supplier = suppliers.get_or_create(name=name)
        found.append(supplier.city)
    return found


def open_orders(session: Session, minimum: int) -> list[tuple[str, int, int]]:
    orders = Orders(session)
    found = []
    for customer in session.scalars(select(Customer).order_by(Customer.id)).all():
        large = orders.count(Order.customer_id == customer.id, Order.id >= minimum)
        found.append((customer.email, orders.number_of_open(customer.id), large))
    return found
