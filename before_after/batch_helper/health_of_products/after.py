"""Three queries of a helper, of which the last one depends on the result of another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy.orm import Session

from shop.models import OrderLine, Product, Review


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class PopularityData(NamedTuple):
    """What calculate_popularity() needs to know."""

    reviews: dict[int, list[Review]]
    solds: dict[int | None, int]
    bests: dict[int | None, Any]


def load_popularity_data(session: Session, products: Collection[Product]) -> PopularityData:
    """Fetch the data of calculate_popularity() for all of these products."""
    reviews: dict[int, list[Review]] = {}
    bests: dict[int | None, Any] = {}
    for product_ids in _chunks(product.id for product in products):
        for review in (
            session.query(Review).filter(Review.product_id.in_(product_ids)).order_by(Review.id)
        ):
            reviews.setdefault(review.product_id, []).append(review)
        for product_id, value in (
            session.query(OrderLine.product_id, func.max(OrderLine.quantity))
            .filter(OrderLine.product_id.in_(product_ids))
            .group_by(OrderLine.product_id)
        ):
            bests[product_id] = value
    solds: dict[int | None, int] = {}
    for product_ids in _chunks(product.id for product in products if reviews.get(product.id)):
        for product_id, count in (
            session.query(OrderLine.product_id, func.count(OrderLine.id))
            .filter(OrderLine.product_id.in_(product_ids))
            .group_by(OrderLine.product_id)
        ):
            solds[product_id] = count
    return PopularityData(reviews, solds, bests)


def calculate_popularity(
    session: Session, product: Product, *, data: PopularityData | None = None
) -> dict[str, object]:
    """Say how well a product does."""
    if data is None:
        data = load_popularity_data(session, [product])
    reviews = data.reviews.get(product.id, [])
    # products that nobody has rated are not ordered either
    sold = 0
    if reviews:
        sold = data.solds.get(product.id, 0)
    best = data.bests.get(product.id)
    return {"last": reviews[-1].rating if reviews else None, "sold": sold, "best": best}


def popularity(session: Session) -> dict[str, object]:
    products = session.query(Product).order_by(Product.id).all()
    data = load_popularity_data(session, products)
    return {product.sku: calculate_popularity(session, product, data=data) for product in products}


def favourites(session: Session, skus: list[str]) -> list[object]:
    found = []
    products = session.query(Product).filter(Product.sku.in_(skus)).order_by(Product.id).all()
    data = load_popularity_data(session, products)
    for product in products:
        found.append(calculate_popularity(session, product, data=data))
    return found
