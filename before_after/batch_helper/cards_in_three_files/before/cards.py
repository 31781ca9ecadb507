from categories import find
from shop.models import Category, Product
from sqlalchemy.orm import Session


def title(product: Product, category: Category | None) -> str:
    return f"{product.name} ({category.name})" if category else product.name


def card(session: Session, product: Product) -> str:
    """The product's name, with its category's."""
    return title(product, find(session, product.category_id))
