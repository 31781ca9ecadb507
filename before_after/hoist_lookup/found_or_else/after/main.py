"""Repositories give back the row that they find, and raise or make one where there is none."""

from collections.abc import Iterable, Iterator
from typing import Any

from repository import Categories, NotFound, Orders, Products, Suppliers, Tags
from shop.models import Category, Customer, Order, OrderStatus, Product, Supplier, Tag
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Catalogue:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.categories = Categories(session)
        self.products = Products(session)
        self.tags = Tags(session)

    def names(self, slugs: list[str]) -> list[str]:
        categories: dict[str, Category] = {}
        for chunk in _chunks(slugs):
            for category in self.session.execute(
                select(Category).where(Category.slug.in_(chunk))
            ).scalars():
                categories[category.slug] = category
        return [(categories.get(slug) or self.categories.by_slug(slug)).name for slug in slugs]

    def sizes(self, slugs: list[str]) -> list[int]:
        sizes = []
        categories: dict[str, Category] = {}
        for chunk in _chunks(slugs):
            for row in self.session.execute(
                select(Category).where(Category.slug.in_(chunk))
            ).scalars():
                categories[row.slug] = row
        for slug in slugs:
            try:
                category = categories.get(slug) or self.categories.by_slug(slug)
            except NotFound:
                sizes.append(-1)
                continue
            sizes.append(len(category.name))
        return sizes

    def offered(self) -> dict[str, list[str]]:
        offered = {}
        categories = self.categories.find()
        products_by_category_id: dict[int | None, list[Product]] = {}
        for category_ids in _chunks(category.id for category in categories):
            for row in self.session.scalars(
                select(Product)
                .where(Product.category_id.in_(category_ids), Product.active.is_(True))
                .order_by(Product.id)
            ):
                products_by_category_id.setdefault(row.category_id, []).append(row)
        for category in categories:
            products = products_by_category_id.get(category.id, [])
            offered[category.slug] = [product.sku for product in products]
        return offered

    def tag(self, names: list[str]) -> list[int]:
        ids = []
        tags: dict[str, Tag] = {}
        for chunk in _chunks(names):
            for row in self.session.execute(select(Tag).where(Tag.name.in_(chunk))).scalars():
                tags[row.name] = row
        for name in names:
            tag = tags.get(name) or self.tags.get_or_create(name=name)
            tag.uses += 1
            ids.append(tag.id)
        return ids


def cities(session: Session, names: list[str]) -> list[str | None]:
    suppliers = Suppliers(session)
    found = []
    suppliers_by_name: dict[str, Supplier] = {}
    for chunk in _chunks(names):
        for row in session.execute(select(Supplier).where(Supplier.name.in_(chunk))).scalars():
            suppliers_by_name[row.name] = row
    for name in names:
        supplier = suppliers_by_name.get(name) or suppliers.get_or_create(name=name)
        found.append(supplier.city)
    return found


def open_orders(session: Session, minimum: int) -> list[tuple[str, int, int]]:
    orders = Orders(session)
    found = []
    customers = session.scalars(select(Customer).order_by(Customer.id)).all()
    order_counts: dict[int | None, int] = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        for customer_id, count in session.execute(
            select(Order.customer_id, func.count())
            .where(Order.customer_id.in_(customer_ids), Order.id >= minimum)
            .group_by(Order.customer_id)
        ):
            order_counts[customer_id] = count
    order_counts_by_customer_id: dict[int | None, int] = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        for key, value in session.execute(
            select(Order.customer_id, func.count())
            .where(Order.customer_id.in_(customer_ids), Order.status != OrderStatus.CANCELLED)
            .group_by(Order.customer_id)
        ):
            order_counts_by_customer_id[key] = value
    for customer in customers:
        large = order_counts.get(customer.id, 0)
        found.append((customer.email, order_counts_by_customer_id.get(customer.id, 0), large))
    return found
