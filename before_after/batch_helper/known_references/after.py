"""A helper says whether there is a review; statements are sent by `session.execute()`."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from shop.models import Order, Review


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def load_known_customer_ids(
    session, customer_ids: Iterable[int], product_id: int = 1
) -> "set[int | None]":
    """Fetch what has_rated() looks up for all of these customer ids."""
    known_customer_ids: set[int | None] = set()
    for chunk in _chunks(customer_ids):
        known_customer_ids.update(
            session.execute(
                select(Review.customer_id)
                .where(Review.customer_id.in_(chunk), Review.product_id == product_id)
                .distinct()
            ).scalars()
        )
    return known_customer_ids


def has_rated(
    session,
    customer_id: int,
    product_id: int = 1,
    *,
    known_customer_ids: "set[int | None] | None" = None,
) -> bool:
    if known_customer_ids is None:
        known_customer_ids = load_known_customer_ids(session, [customer_id], product_id)
    found = customer_id in known_customer_ids
    return found


def raters(session, customer_ids: list[int], product_id: int):
    known_customer_ids = load_known_customer_ids(
        session, customer_ids, product_id=product_id
    )
    return [
        each
        for each in customer_ids
        if has_rated(session, each, product_id, known_customer_ids=known_customer_ids)
    ]
