"""Who may see a row is asked of two functions, which nothing tells whom they are asked for."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from shop.models import Product, Review
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def load_known_product_ids(session: Session, customer, product_ids: Iterable[int]) -> set[int]:
    """Fetch what has_reviewed() looks up for all of these product ids."""
    known_product_ids: set[int] = set()
    for chunk in _chunks(product_ids):
        known_product_ids.update(
            product_id
            for (product_id,) in session.query(Review.product_id)
            .filter_by(customer_id=customer.id)
            .filter(Review.product_id.in_(chunk))
            .distinct()
        )
    return known_product_ids


def has_reviewed(
    session: Session, customer, product_id: int, *, known_product_ids: Optional[set[int]] = None
) -> bool:
    if known_product_ids is None:
        known_product_ids = load_known_product_ids(session, customer, [product_id])
    return product_id in known_product_ids


def load_can_view_data(session: Session, customer, products: Iterable[Product]) -> set[int]:
    """Fetch what can_view() looks up for all of these products."""
    return load_known_product_ids(
        session,
        customer,
        [
            product.id
            for product in products
            if not (product.active or product.supplier_id == customer.id)
        ],
    )


def can_view(
    session: Session, customer, product: Product, *, known_product_ids: Optional[set[int]] = None
) -> bool:
    if product.active or product.supplier_id == customer.id:
        return True
    if known_product_ids is None:
        known_product_ids = load_can_view_data(session, customer, [product])
    return has_reviewed(session, customer, product.id, known_product_ids=known_product_ids)


def visible(session: Session, customer) -> list[str]:
    query = session.query(Product).order_by(Product.id)
    products = query.all()
    known_product_ids = load_can_view_data(session, customer, products)
    return [
        product.sku
        for product in products
        if can_view(session, customer, product, known_product_ids=known_product_ids)
    ]
