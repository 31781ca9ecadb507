"""A helper says whether there is a review; statements are sent by `session.execute()`."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func, select

from shop.models import Order, Review


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def review_ids_by_customer_id(
    session, customer_ids: Iterable[int], product_id: int = 1
) -> "dict[int | None, Any]":
    """Fetch what has_rated() looks up for all of these customer ids."""
    review_ids: dict[int | None, Any] = {}
    for chunk in _chunks(customer_ids):
        ranked = (
            select(
                Review.id,
                Review.customer_id,
                func.row_number()
                .over(partition_by=Review.customer_id, order_by=Review.id)
                .label("position"),
            )
            .where(Review.customer_id.in_(chunk), Review.product_id == product_id)
            .subquery()
        )
        for review in session.execute(
            select(ranked.c.id, ranked.c.customer_id).where(ranked.c.position == 1)
        ):
            review_ids[review.customer_id] = review
    return review_ids


def has_rated(
    session,
    customer_id: int,
    product_id: int = 1,
    *,
    review_ids: "dict[int | None, Any] | None" = None,
) -> bool:
    if review_ids is None:
        review_ids = review_ids_by_customer_id(session, [customer_id], product_id)
    found = review_ids.get(customer_id)
    return found is not None


def raters(session, customer_ids: list[int], product_id: int):
    review_ids = review_ids_by_customer_id(session, customer_ids, product_id=product_id)
    return [
        each
        for each in customer_ids
        if has_rated(session, each, product_id, review_ids=review_ids)
    ]
