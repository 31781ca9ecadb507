"""What stands in for a finder that is known by a Protocol may have no session."""

from typing import Any, Optional, Protocol

from shop.models import Product


class Finder(Protocol):
    def find(self, **criteria: Any) -> Optional[Product]: ...

    def add(self, product: Product) -> None: ...


class Products:
    def __init__(self, session):
        self.session = session

    def find(self, **criteria: Any) -> Optional[Product]:
        return self.session.query(Product).filter_by(**criteria).one_or_none()

    def add(self, product: Product) -> None:
        self.session.add(product)


def names(products: Finder, ids: list[int]) -> list[str]:
    found = []
    for product_id in ids:
        product = products.find(id=product_id)
        found.append(product.name if product else "")
    return found
