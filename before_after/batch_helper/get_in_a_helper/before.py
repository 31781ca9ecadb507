"""A helper gets a product by its identity; called alone it may find it in the session."""

from __future__ import annotations

from sqlalchemy.orm import Session

from shop.models import OrderLine, Product


def product_name(session: Session, product_id: int | None) -> str:
    """What is on the label."""
    if product_id is None:
        return "-"
    product = session.get(Product, product_id)
    return product.name if product is not None else "?"


def labels(session: Session) -> list[tuple[int, str]]:
    found = []
    for line in session.query(OrderLine).order_by(OrderLine.id).all():
        found.append((line.quantity, product_name(session, line.product_id)))
    return found
