"""A shop scores its suppliers, each by all of its products, and once more by those that sell."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from shop.models import OrderLine, Product, Review, Supplier


def score_shop(session: Session) -> dict[str, Any]:
    suppliers = session.query(Supplier).order_by(Supplier.id).all()
    details = {supplier.name: score_supplier(supplier, session, 5) for supplier in suppliers}
    return {"suppliers": len(suppliers), "details": details}


def score_supplier(supplier: Supplier, session: Session, weight: int = 1) -> dict[str, Any]:
    """The score of a supplier, made of those of its products.

    :param supplier: whose products they are.
    :param session: an open session.
    :param weight: what a sold piece counts.
    :returns: the score and the names of the products that sell well.
    """
    products = (
        session.query(Product).filter(Product.supplier_id == supplier.id).order_by(Product.id).all()
    )
    if not products:
        return {"score": 0, "selling": []}
    total = 0
    for product in products:
        result = score_product(session, product)
        total += result["reviews"] + weight * result["sold"]

    selling = []
    for product in [product for product in products if product.active]:
        if score_product(session, product)["sold"] > 2:
            selling.append(product.name)
    return {"score": total, "selling": selling}


def score_product(session: Session, product: Product) -> dict[str, Any]:
    reviews = session.query(func.count(Review.id)).filter(Review.product_id == product.id).scalar()
    sold = 0
    if product.stock:
        sold = (
            session.query(func.count(OrderLine.id))
            .filter(OrderLine.product_id == product.id)
            .scalar()
        )
    return {"reviews": reviews, "sold": sold}
