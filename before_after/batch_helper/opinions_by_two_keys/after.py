"""A helper asks by two of its parameters, which both may be others for every call."""

from collections.abc import Collection, Iterable, Iterator
from typing import Annotated, Any, NamedTuple, Optional

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from shop.models import Customer, Product, Review

MOST: Annotated[int, 2 * 10] = 20


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class OpinionData(NamedTuple):
    """What opinion() needs to know."""

    customers: dict[int, Customer]
    reviews: "dict[tuple[int, int | None], list[Review]]"


def load_opinion_data(session: Session, keys: Collection[tuple[int, int]]) -> OpinionData:
    """Fetch the data of opinion() for all of these keys."""
    customers: dict[int, Customer] = {}
    for ids in _chunks(customer_id for product_id, customer_id in keys):
        for customer in session.query(Customer).filter(Customer.id.in_(ids)):
            customers[customer.id] = customer
    reviews: dict[tuple[int, int | None], list[Review]] = {}
    for product_id_and_customer_ids in _chunks(
        (product_id, customer_id)
        for product_id, customer_id in keys
        if customers.get(customer_id) is not None
    ):
        for review in (
            session.query(Review)
            .filter(tuple_(Review.product_id, Review.customer_id).in_(product_id_and_customer_ids))
            .order_by(Review.id)
        ):
            reviews.setdefault((review.product_id, review.customer_id), []).append(review)
    return OpinionData(customers, reviews)


def opinion(
    session: Session,
    product_id: int,
    customer_id: int,
    *,
    unit: str = "stars",
    data: Optional[OpinionData] = None,
) -> str:
    if data is None:
        data = load_opinion_data(session, [(product_id, customer_id)])
    customer = data.customers.get(customer_id)
    if customer is None:
        return "nobody"
    reviews = data.reviews.get((product_id, customer_id), [])
    return f"{customer.email}: {[review.rating for review in reviews]} {unit}"


def opinions(session: Session, pairs: list[tuple[int, int]]) -> list[str]:
    data = load_opinion_data(
        session, [(product_id, customer_id) for product_id, customer_id in pairs]
    )
    return [
        opinion(session, product_id, customer_id, data=data) for product_id, customer_id in pairs
    ]


def of_product(session: Session, product_id: int, customer_ids: list[int]) -> list[str]:
    data = load_opinion_data(session, [(product_id, key) for key in customer_ids])
    return [opinion(session, product_id, key, unit="points", data=data) for key in customer_ids]


def review_counts_by_customer_id_and_product_id(
    session: Session, keys: Iterable[tuple[Product, Customer]]
) -> "dict[tuple[int | None, int], int]":
    """Fetch what ratings() looks up for all of these keys."""
    review_counts: dict[tuple[int | None, int], int] = {}
    for customer_id_and_product_ids in _chunks(
        (customer.id, product.id) for product, customer in keys
    ):
        for customer_id, product_id, count in session.execute(
            select(Review.customer_id, Review.product_id, func.count())
            .select_from(Review)
            .where(tuple_(Review.customer_id, Review.product_id).in_(customer_id_and_product_ids))
            .group_by(Review.customer_id, Review.product_id)
        ):
            review_counts[(customer_id, product_id)] = count
    return review_counts


def ratings(
    session: Session,
    product: Product,
    customer: Customer,
    *,
    review_counts: "dict[tuple[int | None, int], int] | None" = None,
) -> int:
    if review_counts is None:
        review_counts = review_counts_by_customer_id_and_product_id(session, [(product, customer)])
    return review_counts.get((customer.id, product.id), 0)


def table(session: Session) -> list[int]:
    products = session.scalars(select(Product).order_by(Product.id).limit(5)).all()
    customers = session.scalars(select(Customer).order_by(Customer.id).limit(MOST)).all()
    counts = []
    review_counts = review_counts_by_customer_id_and_product_id(
        session, [(product, customer) for product in products for customer in customers]
    )
    for product in products:
        for customer in customers:
            counts.append(ratings(session, product, customer, review_counts=review_counts))
    return counts


def review_counts_by_product_id_and_rating(
    session: Session, keys: Iterable[tuple[int, int]]
) -> "dict[tuple[int, int | None], int]":
    """Fetch what rated() looks up for all of these keys."""
    review_counts: dict[tuple[int, int | None], int] = {}
    for product_id_and_ratings in _chunks(keys):
        for product_id, rating, count in (
            session.query(Review.product_id, Review.rating, func.count())
            .filter(tuple_(Review.product_id, Review.rating).in_(product_id_and_ratings))
            .group_by(Review.product_id, Review.rating)
        ):
            review_counts[(product_id, rating)] = count
    return review_counts


def rated(
    session: Session,
    product_id: int,
    rating: int = 5,
    *,
    review_counts: "dict[tuple[int, int | None], int] | None" = None,
) -> int:
    if review_counts is None:
        review_counts = review_counts_by_product_id_and_rating(session, [(product_id, rating)])
    return review_counts.get((product_id, rating), 0)


def best(session: Session, product_ids: list[int]) -> list[int]:
    review_counts = review_counts_by_product_id_and_rating(
        session, [(product_id, 5) for product_id in product_ids]
    )
    return [rated(session, product_id, review_counts=review_counts) for product_id in product_ids]


def spread(session: Session, pairs: list[tuple[int, int]]) -> list[int]:
    review_counts = review_counts_by_product_id_and_rating(
        session, [(product_id, rating) for product_id, rating in pairs]
    )
    return [
        rated(session, product_id, rating, review_counts=review_counts)
        for product_id, rating in pairs
    ]
