"""A helper asks by two of its parameters, which both may be others for every call."""

from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Product, Review

MOST: Annotated[int, 2 * 10] = 20


def opinion(session: Session, product_id: int, customer_id: int, *, unit: str = "stars") -> str:
    customer = session.query(Customer).filter(Customer.id == customer_id).one_or_none()
    if customer is None:
        return "nobody"
    reviews = (
        session.query(Review)
        .filter(Review.product_id == product_id, Review.customer_id == customer_id)
        .order_by(Review.id)
        .all()
    )
    return f"{customer.email}: {[review.rating for review in reviews]} {unit}"


def opinions(session: Session, pairs: list[tuple[int, int]]) -> list[str]:
    return [opinion(session, product_id, customer_id) for product_id, customer_id in pairs]


def of_product(session: Session, product_id: int, customer_ids: list[int]) -> list[str]:
    return [opinion(session, product_id, key, unit="points") for key in customer_ids]


def ratings(session: Session, product: Product, customer: Customer) -> int:
    return session.scalar(
        select(func.count())
        .select_from(Review)
        .where(Review.customer_id == customer.id, Review.product_id == product.id)
    )


def table(session: Session) -> list[int]:
    products = session.scalars(select(Product).order_by(Product.id).limit(5)).all()
    customers = session.scalars(select(Customer).order_by(Customer.id).limit(MOST)).all()
    counts = []
    for product in products:
        for customer in customers:
            counts.append(ratings(session, product, customer))
    return counts


def rated(session: Session, product_id: int, rating: int = 5) -> int:
    return session.query(Review).filter_by(product_id=product_id, rating=rating).count()


def best(session: Session, product_ids: list[int]) -> list[int]:
    return [rated(session, product_id) for product_id in product_ids]


def spread(session: Session, pairs: list[tuple[int, int]]) -> list[int]:
    return [rated(session, product_id, rating) for product_id, rating in pairs]
