"""Every order has a customer: one row or an error, by a unique key."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from shop_typed.models import Customer


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


def emails_of(session: Session, ids: set[int]) -> list[str]:
    customers: dict[int, Customer] = {}
    for chunk in _chunks(ids):
        for customer in session.scalars(select(Customer).where(Customer.id.in_(chunk))):
            customers[customer.id] = customer
    return sorted(_required(customers.get(customer_id)).email for customer_id in ids)
