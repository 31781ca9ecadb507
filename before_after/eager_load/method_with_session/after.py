"""A repository's method asks its own session, and reads two relationships of each product."""

from sqlalchemy.orm import Session, selectinload

from shop import models


class Catalogue:
    def __init__(self, session: Session) -> None:
        self._db = session

    def rows(self, slug: str) -> list:
        products = (
            self._db.query(models.Product)
            .options(selectinload(models.Product.supplier), selectinload(models.Product.reviews))
            # only what can be ordered
            .filter(models.Product.active.is_(True))
            .join(models.Product.category)
            .filter(models.Category.slug != slug)
            .order_by(models.Product.id)
        )
        result = []
        for product in products:
            supplier = product.supplier.name if product.supplier else None
            result.append((product.sku, supplier, len(product.reviews)))
        return result
