"""Three queries of a helper, of which the last one depends on the result of another."""

from __future__ import annotations

from sqlalchemy import func
from sqlalchemy.orm import Session

from shop.models import OrderLine, Product, Review


def calculate_popularity(session: Session, product: Product) -> dict[str, object]:
    """Say how well a product does."""
    reviews = (
        session.query(Review).filter(Review.product_id == product.id).order_by(Review.id).all()
    )
    # products that nobody has rated are not ordered either
    sold = 0
    if reviews:
        sold = (
            session.query(func.count(OrderLine.id))
            .filter(OrderLine.product_id == product.id)
            .scalar()
        )
    best = (
        session.query(func.max(OrderLine.quantity))
        .filter(OrderLine.product_id == product.id)
        .scalar()
    )
    return {"last": reviews[-1].rating if reviews else None, "sold": sold, "best": best}


def popularity(session: Session) -> dict[str, object]:
    products = session.query(Product).order_by(Product.id).all()
    return {product.sku: calculate_popularity(session, product) for product in products}


def favourites(session: Session, skus: list[str]) -> list[object]:
    found = []
    for product in session.query(Product).filter(Product.sku.in_(skus)).order_by(Product.id):
        found.append(calculate_popularity(session, product))
    return found
