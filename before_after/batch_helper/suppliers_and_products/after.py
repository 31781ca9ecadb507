"""A shop scores its suppliers, each by all of its products, and once more by those that sell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy.orm import Session

from shop.models import OrderLine, Product, Review, Supplier


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def score_shop(session: Session) -> dict[str, Any]:
    suppliers = session.query(Supplier).order_by(Supplier.id).all()
    data = load_score_supplier_data(suppliers, session)
    details = {
        supplier.name: score_supplier(supplier, session, 5, data=data) for supplier in suppliers
    }
    return {"suppliers": len(suppliers), "details": details}


class ScoreSupplierData(NamedTuple):
    """What score_supplier() needs to know."""

    products: dict[int | None, list[Product]]
    score_product_data: ScoreProductData


def load_score_supplier_data(
    suppliers: Collection[Supplier], session: Session
) -> ScoreSupplierData:
    """Fetch the data of score_supplier() for all of these suppliers."""
    products: dict[int | None, list[Product]] = {}
    for supplier_ids in _chunks(supplier.id for supplier in suppliers):
        for product in (
            session.query(Product)
            .filter(Product.supplier_id.in_(supplier_ids))
            .order_by(Product.id)
        ):
            products.setdefault(product.supplier_id, []).append(product)
    score_product_data = load_score_product_data(
        session, [product for supplier in suppliers for product in products.get(supplier.id, [])]
    )
    return ScoreSupplierData(products, score_product_data)


def score_supplier(
    supplier: Supplier, session: Session, weight: int = 1, *, data: ScoreSupplierData | None = None
) -> dict[str, Any]:
    """The score of a supplier, made of those of its products.

    :param supplier: whose products they are.
    :param session: an open session.
    :param weight: what a sold piece counts.
    :param data: what load_score_supplier_data() has found, for many calls at once
    :returns: the score and the names of the products that sell well.
    """
    if data is None:
        data = load_score_supplier_data([supplier], session)
    products = data.products.get(supplier.id, [])
    if not products:
        return {"score": 0, "selling": []}
    total = 0
    for product in products:
        result = score_product(session, product, data=data.score_product_data)
        total += result["reviews"] + weight * result["sold"]

    selling = []
    for product in [product for product in products if product.active]:
        if score_product(session, product, data=data.score_product_data)["sold"] > 2:
            selling.append(product.name)
    return {"score": total, "selling": selling}


class ScoreProductData(NamedTuple):
    """What score_product() needs to know."""

    reviews: dict[int, int]
    solds: dict[int | None, int]


def load_score_product_data(session: Session, products: Collection[Product]) -> ScoreProductData:
    """Fetch the data of score_product() for all of these products."""
    reviews: dict[int, int] = {}
    for product_ids in _chunks(product.id for product in products):
        for product_id, count in (
            session.query(Review.product_id, func.count(Review.id))
            .filter(Review.product_id.in_(product_ids))
            .group_by(Review.product_id)
        ):
            reviews[product_id] = count
    solds: dict[int | None, int] = {}
    for product_ids in _chunks(product.id for product in products if product.stock):
        for product_id, count in (
            session.query(OrderLine.product_id, func.count(OrderLine.id))
            .filter(OrderLine.product_id.in_(product_ids))
            .group_by(OrderLine.product_id)
        ):
            solds[product_id] = count
    return ScoreProductData(reviews, solds)


def score_product(
    session: Session, product: Product, *, data: ScoreProductData | None = None
) -> dict[str, Any]:
    if data is None:
        data = load_score_product_data(session, [product])
    reviews = data.reviews.get(product.id, 0)
    sold = 0
    if product.stock:
        sold = data.solds.get(product.id, 0)
    return {"reviews": reviews, "sold": sold}
