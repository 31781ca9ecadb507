"""A service asks repositories that all have one base class, which serves any class of rows."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from shop.models import Category, OrderLine, OrderStatus, Product
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from repository import Categories, Lines, Orders, Products, first


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

    def prices(self, skus: list[str]) -> list[Optional[str]]:
        found = []
        products: dict[str, Product] = {}
        for chunk in _chunks(skus):
            for row in self.products.session.execute(
                select(Product).where(Product.sku.in_(chunk))
            ).scalars():
                products[row.sku] = row
        for sku in skus:
            product = products.get(sku)
            found.append(None if product is None else str(product.price))
        return found

    def sizes(self, slugs: list[str]) -> dict[str, int]:
        sizes = {}
        categories: dict[str, Category] = {}
        for chunk in _chunks(slugs):
            for row in self.categories.session.execute(
                select(Category).where(Category.slug.in_(chunk))
            ).scalars():
                categories[row.slug] = row
        for slug in slugs:
            category = categories.get(slug)
            if category is not None:
                sizes[slug] = len(category.name)
        return sizes

    def offered(self) -> dict[str, list[str]]:
        offered = {}
        categories = self.categories.list()
        products_by_category_id: dict[int | None, list[Product]] = {}
        for category_ids in _chunks(category.id for category in categories):
            for row in (
                self.products.session.query(Product)
                .filter(Product.category_id.in_(category_ids))
                .filter_by(active=True)
                .order_by(Product.id)
            ):
                products_by_category_id.setdefault(row.category_id, []).append(row)
        for category in categories:
            products = products_by_category_id.get(category.id, [])
            offered[category.slug] = [product.sku for product in products]
        return offered

    def ids(self, names: list[str]) -> list[Optional[int]]:
        found = []
        products: dict[str, Product] = {}
        for chunk in _chunks(names):
            ranked = (
                self.session.query(
                    Product.id,
                    func.row_number()
                    .over(partition_by=Product.name, order_by=Product.id)
                    .label("position"),
                )
                .filter(Product.name.in_(chunk))
                .subquery()
            )
            for row in (
                self.session.query(Product)
                .join(ranked, Product.id == ranked.c.id)
                .filter(ranked.c.position == 1)
            ):
                products[row.name] = row
        for name in names:
            product = products.get(name)
            found.append(product.id if product is not None else None)
        return found


def lines(session: Session, status: OrderStatus) -> list[tuple[str, int, Optional[int]]]:
    found = []
    orders, positions = Orders(session), Lines(session)
    orders_list = orders.list(status=status)
    order_lines: dict[int, OrderLine] = {}
    for order_ids in _chunks(order.id for order in orders_list):
        ranked = (
            positions.session.query(
                OrderLine.id,
                func.row_number()
                .over(partition_by=OrderLine.order_id, order_by=OrderLine.id.desc())
                .label("position"),
            )
            .filter(OrderLine.order_id.in_(order_ids))
            .subquery()
        )
        for order_line in (
            positions.session.query(OrderLine)
            .join(ranked, OrderLine.id == ranked.c.id)
            .filter(ranked.c.position == 1)
        ):
            order_lines[order_line.order_id] = order_line
    order_line_counts: dict[int, int] = {}
    for order_ids in _chunks(order.id for order in orders_list):
        for order_id, count in positions.session.execute(
            select(OrderLine.order_id, func.count())
            .where(OrderLine.order_id.in_(order_ids))
            .group_by(OrderLine.order_id)
        ):
            order_line_counts[order_id] = count
    for order in orders_list:
        last = order_lines.get(order.id)
        number = order_line_counts.get(order.id, 0)
        found.append((order.number, number, last.quantity if last is not None else None))
    return found
