"""Callers bring the key of a parent that may be missing, to helpers that are annotated with int."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy.orm import Session

from shop.models import Category, Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def product_counts_by_category_id(
    session: Session, category_ids: "Iterable[int | None]"
) -> "dict[int | None, int]":
    """Fetch what product_count() looks up for all of these category ids."""
    product_counts: dict[int | None, int] = {}
    for chunk in _chunks(category_ids):
        for category_id, count in (
            session.query(Product.category_id, func.count())
            .filter(
                or_(Product.category_id.in_(chunk), Product.category_id.is_(None))
                if None in chunk
                else Product.category_id.in_(chunk)
            )
            .group_by(Product.category_id)
        ):
            product_counts[category_id] = count
    return product_counts


def product_count(
    session: Session, category_id: int, *, product_counts: "dict[int | None, int] | None" = None
) -> int:
    if product_counts is None:
        product_counts = product_counts_by_category_id(session, [category_id])
    return product_counts.get(category_id, 0)


def products_by_category_id(
    session: Session, category_ids: "Iterable[int | None]"
) -> "dict[int | None, list[Product]]":
    """Fetch what products_of() looks up for all of these category ids."""
    products: dict[int | None, list[Product]] = {}
    for chunk in _chunks(category_ids):
        for product in (
            session.query(Product)
            .filter(
                or_(Product.category_id.in_(chunk), Product.category_id.is_(None))
                if None in chunk
                else Product.category_id.in_(chunk)
            )
            .order_by(Product.id)
        ):
            products.setdefault(product.category_id, []).append(product)
    return products


def products_of(
    session: Session, category_id: int, *, products: "dict[int | None, list[Product]] | None" = None
) -> list[Product]:
    if products is None:
        products = products_by_category_id(session, [category_id])
    return list(products.get(category_id, []))


def beside(session: Session) -> list[tuple[str, int, list[str]]]:
    """Each category with the products of the one above it; those without one above have the
    products that are in none."""
    found = []
    categories = session.query(Category).order_by(Category.id).all()
    product_counts = product_counts_by_category_id(
        session, [category.parent_id for category in categories]
    )
    products = products_by_category_id(session, [category.parent_id for category in categories])
    for category in categories:
        number = product_count(session, category.parent_id, product_counts=product_counts)
        names = [
            product.name for product in products_of(session, category.parent_id, products=products)
        ]
        found.append((category.name, number, names))
    return found
