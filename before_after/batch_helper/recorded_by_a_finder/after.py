"""Ratings are recorded one by one: a class finds the one that there is, and a method adds the others."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from sqlalchemy.exc import MultipleResultsFound
from sqlalchemy.orm import Session

from shop.models import Customer, Product, Review


def _one_or_none(rows: list[Any]) -> Any:
    """The only one of these rows, or None if there is none."""
    if len(rows) > 1:
        raise MultipleResultsFound("Multiple rows were found when one or none was required")
    return rows[0] if rows else None


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Reviews:
    @classmethod
    def of_product(
        cls, product: Product, customer_id: int, session: Session
    ) -> Optional[Review]:
        review = (
            session.query(Review)
            .filter(Review.product_id == product.id)
            .filter(Review.customer_id == customer_id)
            .one_or_none()
        )
        return review


class Panel:
    def __init__(self, session: Session) -> None:
        self.session = session

    def reviews_by_customer_id(
        self, product: Product, customer_ids: Iterable[int]
    ) -> "dict[int | None, list[Review]]":
        """Fetch what rate() looks up for all of these customer ids."""
        reviews: dict[int | None, list[Review]] = {}
        for chunk in _chunks(customer_ids):
            for review in (
                self.session.query(Review)
                .filter(Review.customer_id.in_(chunk), Review.product_id == product.id)
            ):
                reviews.setdefault(review.customer_id, []).append(review)
        return reviews

    def rate(
        self,
        product: Product,
        customer_id: int,
        rating: int,
        *,
        reviews: "dict[int | None, list[Review]] | None" = None,
    ) -> None:
        if reviews is None:
            reviews = self.reviews_by_customer_id(product, [customer_id])
        review = _one_or_none(reviews.get(customer_id, []))
        if review is None:
            review = Review(product_id=product.id, customer_id=customer_id, rating=rating)
            self.session.add(review)
            reviews[customer_id] = [review]
        else:
            review.rating = rating

    def rate_for_all(self, product: Product, rating: int) -> int:
        customers = self.session.query(Customer).order_by(Customer.id).all()
        reviews = self.reviews_by_customer_id(product, [customer.id for customer in customers])
        for customer in customers:
            self.rate(product, customer.id, rating, reviews=reviews)
        self.session.commit()
        return len(customers)
