"""Helpers of one file, of a class and of its subclass that count rows of one table by one key."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from sqlalchemy import func

from shop.models import Product, Review


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def product_counts_by_supplier_id(session, supplier_ids: Iterable[int]) -> "dict[int | None, int]":
    """Fetch what cheap() looks up for all of these supplier ids."""
    product_counts: dict[int | None, int] = {}
    for chunk in _chunks(supplier_ids):
        for supplier_id, count in (
            session.query(Product.supplier_id, func.count())
            .filter(Product.supplier_id.in_(chunk), Product.price < 20)
            .group_by(Product.supplier_id)
        ):
            product_counts[supplier_id] = count
    return product_counts


def cheap(session, supplier_id: int, *, product_counts: "dict[int | None, int] | None" = None):
    if product_counts is None:
        product_counts = product_counts_by_supplier_id(session, [supplier_id])
    return product_counts.get(supplier_id, 0)


def load_sold_out_data(session, supplier_ids: Iterable[int]) -> "dict[int | None, int]":
    """Fetch what sold_out() looks up for all of these supplier ids."""
    product_counts: dict[int | None, int] = {}
    for chunk in _chunks(supplier_ids):
        for supplier_id, count in (
            session.query(Product.supplier_id, func.count())
            .filter(Product.supplier_id.in_(chunk), Product.stock == 0)
            .group_by(Product.supplier_id)
        ):
            product_counts[supplier_id] = count
    return product_counts


def sold_out(session, supplier_id: int, *, product_counts: "dict[int | None, int] | None" = None):
    if product_counts is None:
        product_counts = load_sold_out_data(session, [supplier_id])
    return product_counts.get(supplier_id, 0)


class Ratings:
    def __init__(self, session):
        self.session = session

    def load_good_data(self, product_ids: Iterable[int]) -> dict[int, int]:
        """Fetch what good() looks up for all of these product ids."""
        review_counts: dict[int, int] = {}
        for chunk in _chunks(product_ids):
            for product_id, count in (
                self.session.query(Review.product_id, func.count())
                .filter(Review.product_id.in_(chunk), Review.rating > 3)
                .group_by(Review.product_id)
            ):
                review_counts[product_id] = count
        return review_counts

    def good(self, product_id: int, *, review_counts: Optional[dict[int, int]] = None):
        if review_counts is None:
            review_counts = self.load_good_data([product_id])
        return review_counts.get(product_id, 0)

    def review_counts(self, product_ids: list[int]):
        return len(product_ids)


class MoreRatings(Ratings):
    def load_bad_data(self, product_ids: Iterable[int]) -> dict[int, int]:
        """Fetch what bad() looks up for all of these product ids."""
        review_counts: dict[int, int] = {}
        for chunk in _chunks(product_ids):
            for product_id, count in (
                self.session.query(Review.product_id, func.count())
                .filter(Review.product_id.in_(chunk), Review.rating < 3)
                .group_by(Review.product_id)
            ):
                review_counts[product_id] = count
        return review_counts

    def bad(self, product_id: int, *, review_counts: Optional[dict[int, int]] = None):
        if review_counts is None:
            review_counts = self.load_bad_data([product_id])
        return review_counts.get(product_id, 0)

    def review_counts_by_product_id(self, product_ids: list[int]):
        return self.review_counts(product_ids)


def supplies(session, supplier_ids: list[int]):
    product_counts = product_counts_by_supplier_id(session, supplier_ids)
    return [cheap(session, each, product_counts=product_counts) for each in supplier_ids]


def missing(session, supplier_ids: list[int]):
    product_counts = load_sold_out_data(session, supplier_ids)
    return [sold_out(session, each, product_counts=product_counts) for each in supplier_ids]


def good_and_bad(session, product_ids: list[int]):
    ratings = MoreRatings(session)
    review_counts = ratings.load_good_data(product_ids)
    good = [ratings.good(each, review_counts=review_counts) for each in product_ids]
    found_review_counts = ratings.load_bad_data(product_ids)
    bad = [ratings.bad(each, review_counts=found_review_counts) for each in product_ids]
    return good, bad, ratings.review_counts_by_product_id(product_ids)
