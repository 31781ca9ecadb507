"""A service finds by its repository, which asks by what the service's callers say."""

from collections.abc import Iterable, Iterator
from typing import Any

from shop.models import Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Repository:
    def __init__(self, session, model):
        self.session = session
        self.model = model

    def find(self, **criteria):
        return self.session.query(self.model).filter_by(**criteria).one_or_none()


class Service:
    def __init__(self, repository: Repository):
        self.repository = repository

    def find(self, **criteria):
        return self.repository.find(**criteria)


def names(session, product_ids: list[int]) -> list[str]:
    service = Service(Repository(session, Product))
    found = []
    products: dict[int, Product] = {}
    for ids in _chunks(product_ids):
        for row in service.repository.session.query(Product).filter(Product.id.in_(ids)):
            products[row.id] = row
    for product_id in product_ids:
        product = products.get(product_id)
        found.append(product.name if product else "")
    return found
