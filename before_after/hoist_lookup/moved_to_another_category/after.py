"""The loop gives each row that it finds to another one, and finds it by something else."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Category, Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def move(session: Session, moves: list[tuple[str, str]]) -> list[str]:
    done: list[str] = []
    products: dict[str, Product] = {}
    for skus in _chunks(sku for sku, slug in moves):
        for row in session.scalars(select(Product).where(Product.sku.in_(skus))):
            products[row.sku] = row
    categories: dict[str, Category] = {}
    for slugs in _chunks(slug for sku, slug in moves):
        for found_category in session.query(Category).filter(Category.slug.in_(slugs)):
            categories[found_category.slug] = found_category
    for sku, slug in moves:
        product = products.get(sku)
        category = categories.get(slug)
        if product is None or category is None:
            continue
        product.category = category
        done.append(f"{sku} to {category.name}")
    return done
