"""A typed shop looks for the names of all customers that a campaign names."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Customer


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def names(session: Session, customer_ids: Sequence[int]) -> set[str | None]:
    customers: list[Customer] = []
    for ids in _chunks(customer_ids):
        customers.extend(
            session.scalars(
                select(Customer)
                # the ones of this campaign
                .where(Customer.id.in_(ids))
            ).all()
        )
    return {customer.name for customer in customers}
