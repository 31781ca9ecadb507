"""Rows by a key of a joined table, which may give a row several times: DISTINCT stays, and a
query of a class and a column leaves out what repeats as a query of the class does."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Customer, Order, OrderLine, Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def reviewers(session: Session) -> list[list[str]]:
    found = []
    products = session.scalars(select(Product).order_by(Product.id)).all()
    customers_by_product_id: dict[int | None, list[Customer]] = {}
    for product_ids in _chunks(product.id for product in products):
        for row, product_id in session.execute(
            select(Customer, OrderLine.product_id)
            .select_from(Customer)
            .join(Order, Order.customer_id == Customer.id)
            .join(Order.lines)
            .where(OrderLine.product_id.in_(product_ids), OrderLine.quantity > 1)
            .order_by(Customer.id.desc())
            .distinct()
        ):
            customers_by_product_id.setdefault(product_id, []).append(row)
    for product in products:
        customers = customers_by_product_id.get(product.id, [])
        found.append([customer.email for customer in customers])
    return found


def buyers(session: Session) -> list[list[str]]:
    found = []
    products = session.query(Product).order_by(Product.id).all()
    customers_by_product_id: dict[int | None, list[Customer]] = {}
    for product_ids in _chunks(product.id for product in products):
        for row, product_id in (
            session.query(Customer, OrderLine.product_id)
            .select_from(Customer)
            .join(Customer.orders)
            .join(Order.lines)
            .filter(OrderLine.product_id.in_(product_ids))
            .order_by(Customer.email)
        ):
            customers_by_product_id.setdefault(product_id, []).append(row)
    for product in products:
        customers = customers_by_product_id.get(product.id, [])
        found.append([customer.name for customer in customers])
    return found


def quantities(session: Session) -> list[list[int]]:
    found = []
    products = session.query(Product).order_by(Product.id).all()
    order_line_quantities: dict[int | None, list[Any]] = {}
    for product_ids in _chunks(product.id for product in products):
        for order_line in (
            session.query(OrderLine.quantity, OrderLine.product_id)
            .join(OrderLine.order)
            .filter(OrderLine.product_id.in_(product_ids), Order.total > 10)
            .distinct()
            .order_by(OrderLine.quantity)
        ):
            order_line_quantities.setdefault(order_line.product_id, []).append(order_line[:1])
    for product in products:
        found.append([quantity for (quantity,) in order_line_quantities.get(product.id, [])])
    return found
