"""A column of one row for each key of a dict, which a typed shop must have."""

from __future__ import annotations

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


def emails(session: Session, wanted: dict[int, str]) -> dict[str, str]:
    customer_emails: dict[int, str] = {}
    for ids in _chunks(wanted):
        for customer in session.execute(
            select(Customer.email, Customer.id).where(Customer.id.in_(ids))
        ):
            customer_emails[customer.id] = customer.email
    return {
        label: _required(customer_emails.get(customer_id)) for customer_id, label in wanted.items()
    }
