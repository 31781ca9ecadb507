"""An annotated script that imports what it needs below a function of its own."""

import sys


def folder():
    return "."


sys.path.append(folder())

from typing import Any, Iterable, Iterator, Optional

from sqlalchemy.orm import Session

from shop.models import Customer


def single(rows: Iterable[Any]) -> Iterator[Any]:
    yield from rows


def names(session: Session, emails: list[str]) -> list[Optional[str]]:
    found = []
    for email in emails:
        query = session.query(Customer.name)
        found.append(query.filter(Customer.email == email).scalar())
    return found
