"""The loop gives each row that it finds to another one, and finds it by something else."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Category, Product


def move(session: Session, moves: list[tuple[str, str]]) -> list[str]:
    done: list[str] = []
    for sku, slug in moves:
        product = session.scalars(select(Product).where(Product.sku == sku)).first()
        category = session.query(Category).filter_by(slug=slug).first()
        if product is None or category is None:
            continue
        product.category = category
        done.append(f"{sku} to {category.name}")
    return done
