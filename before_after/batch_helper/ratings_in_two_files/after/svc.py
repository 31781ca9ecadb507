from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from shop.models import Review


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Base:
    def __init__(self, session):
        self.db = session


class Ratings(Base):
    def reviews_by_product_id_and_customer_id(
        self, keys: Iterable[tuple[int, int]]
    ) -> "dict[tuple[int, int | None], list[Review]]":
        """Fetch what stars() looks up for all of these keys."""
        prefetched_reviews: dict[tuple[int, int | None], list[Review]] = {}
        for product_id_and_customer_ids in _chunks(
            (product_id, customer_id) for customer_id, product_id in keys
        ):
            for review in (
                self.db.query(Review)
                .filter(
                    tuple_(Review.product_id, Review.customer_id).in_(product_id_and_customer_ids)
                )
                .order_by(Review.id)
            ):
                prefetched_reviews.setdefault((review.product_id, review.customer_id), []).append(
                    review
                )
        return prefetched_reviews

    def stars(
        self,
        customer_id: int,
        product_id: int,
        *,
        prefetched_reviews: "dict[tuple[int, int | None], list[Review]] | None" = None
    ):
        if prefetched_reviews is None:
            prefetched_reviews = self.reviews_by_product_id_and_customer_id(
                [(customer_id, product_id)]
            )
        return [review.rating for review in prefetched_reviews.get((product_id, customer_id), [])]


def review_maxes_by_product_id_and_customer_id(
    session, keys: Iterable[tuple[int, int]]
) -> "dict[tuple[int, int | None], Any]":
    """Fetch what best() looks up for all of these keys."""
    review_maxes: dict[tuple[int, int | None], Any] = {}
    for product_id_and_customer_ids in _chunks(keys):
        for product_id, customer_id, value in session.execute(
            select(Review.product_id, Review.customer_id, func.max(Review.rating))
            .where(tuple_(Review.product_id, Review.customer_id).in_(product_id_and_customer_ids))
            .group_by(Review.product_id, Review.customer_id)
        ):
            review_maxes[(product_id, customer_id)] = value
    return review_maxes


def best(
    session,
    product_id: int,
    customer_id: int,
    *,
    review_maxes: "dict[tuple[int, int | None], Any] | None" = None
):
    if review_maxes is None:
        review_maxes = review_maxes_by_product_id_and_customer_id(
            session, [(product_id, customer_id)]
        )
    return review_maxes.get((product_id, customer_id))


def load_known_reviews(
    session: Session, keys: Iterable[tuple[int, int]]
) -> "set[tuple[int, int | None]]":
    """Fetch what rated() looks up for all of these keys."""
    known_reviews: set[tuple[int, int | None]] = set()
    for product_id_and_customer_ids in _chunks(keys):
        known_reviews.update(
            (product_id, customer_id)
            for product_id, customer_id in session.query(Review.product_id, Review.customer_id)
            .filter(tuple_(Review.product_id, Review.customer_id).in_(product_id_and_customer_ids))
            .distinct()
        )
    return known_reviews


def rated(
    session: Session,
    *,
    product_id: int,
    customer_id: int,
    known_reviews: "set[tuple[int, int | None]] | None" = None
) -> bool:
    if known_reviews is None:
        known_reviews = load_known_reviews(session, [(product_id, customer_id)])
    return (product_id, customer_id) in known_reviews
