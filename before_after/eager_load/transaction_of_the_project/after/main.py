"""The project's own context manager commits, but not before the rows have been read."""

from sqlalchemy.orm import Session, selectinload

from shop.models import Product
from transactions import transaction


def shelves(session: Session) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with transaction(session) as open_session:
        products = (
            open_session.query(Product)
            .options(selectinload(Product.category))
            .filter(Product.active)
            .order_by(Product.sku)
        )
        for product in products.all():
            shelf = product.category.name if product.category else "none"
            found.setdefault(shelf, []).append(product.sku)
    return found
