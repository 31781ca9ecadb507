"""A service counts the tags of a product in the table between them, and is asked for each product."""

from shop.models import Product, product_tags
from sqlalchemy import func, select
from sqlalchemy.orm import Session


class Tagging:
    def __init__(self, session: Session) -> None:
        self._session = session

    def number_of_tags(self, product: Product) -> int:
        stmt = select(func.count(product_tags.c.tag_id)).where(
            product_tags.c.product_id == product.id
        )
        return self._session.execute(stmt).scalar_one()

    def untagged(self) -> list[str]:
        products = self._session.execute(select(Product).order_by(Product.id)).scalars().all()
        return [product.name for product in products if not self.number_of_tags(product)]
