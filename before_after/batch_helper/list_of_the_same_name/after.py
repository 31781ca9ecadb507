"""Another function fills a list that is called what a helper's rows would be called together."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from shop.models import Customer, Product, Review
from sqlalchemy import func, select
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def review_counts_by_product_id(
    session: Session, customer_id: int, product_ids: Iterable[int]
) -> dict[int, int]:
    """Fetch what number_of_reviews() looks up for all of these product ids."""
    review_counts: dict[int, int] = {}
    for chunk in _chunks(product_ids):
        for product_id, count in session.execute(
            select(Review.product_id, func.count(Review.id))
            .where(Review.customer_id == customer_id, Review.product_id.in_(chunk))
            .group_by(Review.product_id)
        ):
            review_counts[product_id] = count
    return review_counts


def number_of_reviews(
    session: Session,
    customer_id: int,
    product_id: int,
    *,
    review_counts: Optional[dict[int, int]] = None
) -> int:
    if review_counts is None:
        review_counts = review_counts_by_product_id(session, customer_id, [product_id])
    return review_counts.get(product_id, 0)


class Policy:
    def __init__(self, session: Session, customer: Customer) -> None:
        self.session = session
        self.customer = customer

    def load_may_review_data(self, products: Iterable[Product]) -> dict[int, int]:
        """Fetch what may_review() looks up for all of these products."""
        return review_counts_by_product_id(
            self.session,
            self.customer.id,
            [product.id for product in products if not self.customer.vip],
        )

    def may_review(
        self, product: Product, *, review_counts: Optional[dict[int, int]] = None
    ) -> bool:
        if self.customer.vip:
            return True
        if review_counts is None:
            review_counts = self.load_may_review_data([product])
        return (
            number_of_reviews(
                self.session, self.customer.id, product.id, review_counts=review_counts
            )
            < 1
        )

    def allowed(self, rows: list[Product]) -> list[str]:
        review_counts = self.load_may_review_data(rows)
        return [
            product.sku for product in rows if self.may_review(product, review_counts=review_counts)
        ]


def expensive(session: Session, minimum: int) -> list[Product]:
    products = []
    for product in session.query(Product).order_by(Product.id):
        if product.price >= minimum:
            products.append(product)
    return products
