"""The orders that a page shows, of which there may be none to look for."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from shop.models import Customer, Order


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def owners(session: Session, numbers: list[str]) -> list[str]:
    orders = []
    if numbers:
        orders = session.query(Order).filter(Order.number.in_(numbers)).order_by(Order.id)
    names = []
    orders_list = list(orders)
    customers: dict[int | None, Customer] = {}
    for ids in _chunks(order.customer_id for order in orders_list if order.customer_id is not None):
        for row in session.query(Customer).filter(Customer.id.in_(ids)):
            customers[row.id] = row
    for order in orders_list:
        customer = customers.get(order.customer_id)
        names.append(customer.name if customer else "")
    return names
