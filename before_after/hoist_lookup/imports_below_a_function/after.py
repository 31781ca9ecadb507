"""An annotated script that imports what it needs below a function of its own."""

import sys


def folder():
    return "."


sys.path.append(folder())

from typing import Any, Iterable, Iterator, Optional

from sqlalchemy.orm import Session

from shop.models import Customer


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def single(rows: Iterable[Any]) -> Iterator[Any]:
    yield from rows


def names(session: Session, emails: list[str]) -> list[Optional[str]]:
    found = []
    customer_names: dict[str, str] = {}
    for chunk in _chunks(emails):
        for customer in session.query(Customer.name, Customer.email).filter(
            Customer.email.in_(chunk)
        ):
            customer_names[customer.email] = customer.name
    for email in emails:
        found.append(customer_names.get(email))
    return found
