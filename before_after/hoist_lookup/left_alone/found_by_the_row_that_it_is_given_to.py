"""The loop gives rows to another category, by which later ones are found."""

from sqlalchemy.orm import Session

from shop.models import Category, Product


def move(session: Session, category_ids: list[int], target: Category) -> None:
    for category_id in category_ids:
        products = session.query(Product).filter(Product.category_id == category_id)
        for product in products.order_by(Product.id):  # found: hoist-lookup (table-not-written)
            product.category = target
