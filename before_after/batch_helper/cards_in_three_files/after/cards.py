from collections.abc import Iterable

from categories import categories_by_id, find
from shop.models import Category, Product
from sqlalchemy.orm import Session


def title(product: Product, category: Category | None) -> str:
    return f"{product.name} ({category.name})" if category else product.name


def load_card_data(session: Session, products: Iterable[Product]) -> dict[int | None, Category]:
    """Fetch what card() looks up for all of these products."""
    return categories_by_id(session, [product.category_id for product in products])


def card(
    session: Session, product: Product, *, categories: dict[int | None, Category] | None = None
) -> str:
    """The product's name, with its category's."""
    if categories is None:
        categories = load_card_data(session, [product])
    return title(product, find(session, product.category_id, categories=categories))
