"""A row is only looked up where there is a key, in a conditional expression."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from shop.models import Customer, Order, Product, Supplier
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session


def _required(row: Any) -> Any:
    """This row, which there must be."""
    if row is None:
        raise NoResultFound("No row was found when one was required")
    return row


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def cities(session: Session) -> list[Optional[str]]:
    products = session.query(Product).order_by(Product.id).all()
    suppliers: dict[int | None, Supplier] = {}
    for ids in _chunks(
        product.supplier_id for product in products if product.supplier_id is not None
    ):
        for supplier in session.query(Supplier).filter(Supplier.id.in_(ids)):
            suppliers[supplier.id] = supplier
    return [
        (
            "unknown"
            if product.supplier_id is None
            else _required(suppliers.get(product.supplier_id)).city
        )
        for product in products
    ]


def customers(session: Session) -> list[tuple[str, Optional[str]]]:
    found = []
    orders = session.query(Order).order_by(Order.id).all()
    customers_by_id: dict[int | None, Customer] = {}
    for ids in _chunks(order.customer_id for order in orders if order.customer_id):
        for row in session.query(Customer).filter(Customer.id.in_(ids)):
            customers_by_id[row.id] = row
    for order in orders:
        customer = customers_by_id.get(order.customer_id) if order.customer_id else None
        found.append((order.number, customer.email if customer is not None else None))
    return found
