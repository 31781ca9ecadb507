"""Orders are looked up by the email of their customer: the key is a column of a joined table."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from shop.models import Customer, Order


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def numbers(session, emails: tuple[str, ...]):
    orders_by_email: dict[str, list[Order]] = {}
    for chunk in _chunks(emails):
        for row, key in session.execute(
            select(Order, Customer.email)
            .select_from(Order)
            .join(Order.customer)
            .where(Customer.email.in_(chunk), Order.total.isnot(None))
            .order_by(Order.id)
        ):
            orders_by_email.setdefault(key, []).append(row)
    return {email: [order.number for order in orders_by_email.get(email, [])] for email in emails}
