"""The function imports the class itself, as one does where modules import each other."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from shop.models import Order


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def lines(session: Session) -> list[str]:
    """Who ordered, with the number of the order."""
    from shop.models import Customer

    found: list[str] = []
    items = list(sorted(session.query(Order), key=lambda order: order.number))
    customers: dict[int | None, Customer] = {}
    for ids in _chunks(order.customer_id for order in items if order.customer_id is not None):
        for row in session.query(Customer).filter(Customer.id.in_(ids)):
            customers[row.id] = row
    for order in items:
        customer = customers.get(order.customer_id)
        found.append(f"{order.number} {customer.name if customer else '-'}")
    return found


def birthdays(session: Session) -> list[date]:
    """The birthdays of those who ordered."""
    from shop.models import Customer

    found: list[date] = []
    orders = session.query(Order).order_by(Order.id).all()
    customer_birthdays: dict[int | None, date | None] = {}
    for ids in _chunks(order.customer_id for order in orders if order.customer_id is not None):
        for customer in session.query(Customer.birthday, Customer.id).filter(Customer.id.in_(ids)):
            customer_birthdays[customer.id] = customer.birthday
    for order in orders:
        birthday = customer_birthdays.get(order.customer_id)
        if birthday is not None:
            found.append(birthday)
    return found
