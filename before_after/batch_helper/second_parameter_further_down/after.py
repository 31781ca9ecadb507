"""What varies in the loop is the second parameter of a function further down, and the first is not."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from sqlalchemy import func

from shop.models import Customer, Product, Review


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Reviews:
    def __init__(self, session):
        self.session = session

    def review_ratings_by_product_id(
        self, customer_id: int, product_ids: Iterable[int]
    ) -> dict[int, Any]:
        """Fetch what rating() looks up for all of these product ids."""
        review_ratings: dict[int, Any] = {}
        for chunk in _chunks(product_ids):
            ranked = (
                self.session.query(
                    Review.rating,
                    Review.product_id,
                    func.row_number()
                    .over(partition_by=Review.product_id, order_by=Review.id.desc())
                    .label("position"),
                )
                .filter(Review.customer_id == customer_id, Review.product_id.in_(chunk))
                .subquery()
            )
            for review in self.session.query(ranked.c.rating, ranked.c.product_id).filter(
                ranked.c.position == 1
            ):
                review_ratings[review.product_id] = review
        return review_ratings

    def rating(
        self, customer_id: int, product_id: int, *, review_ratings: Optional[dict[int, Any]] = None
    ) -> int:
        if review_ratings is None:
            review_ratings = self.review_ratings_by_product_id(customer_id, [product_id])
        found = review_ratings.get(product_id)
        return found[0] if found is not None else 0


def load_may_praise_data(
    reviews: Reviews, customer: Customer, products: Iterable[Product]
) -> dict[int, Any]:
    """Fetch what may_praise() looks up for all of these products."""
    return reviews.review_ratings_by_product_id(
        customer.id, [product.id for product in products if product.supplier_id is not None]
    )


def may_praise(
    reviews: Reviews,
    customer: Customer,
    product: Product,
    *,
    review_ratings: Optional[dict[int, Any]] = None
) -> bool:
    if product.supplier_id is None:
        return True
    if review_ratings is None:
        review_ratings = load_may_praise_data(reviews, customer, [product])
    return reviews.rating(customer.id, product.id, review_ratings=review_ratings) > 2


def praised(session, customer: Customer) -> list[str]:
    reviews = Reviews(session)
    products = session.query(Product).order_by(Product.id).all()
    review_ratings = load_may_praise_data(reviews, customer, products)
    return [
        product.name
        for product in products
        if may_praise(reviews, customer, product, review_ratings=review_ratings)
    ]
