"""A loop asks again for what another process may have stored in the meantime."""

import time
from collections.abc import Iterable, Iterator
from typing import Any

from shop.models import Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def missing(session, ids: list[int], attempts: int):
    rounds = []
    for _attempt in range(attempts):
        count = 0
        products: dict[int, Product] = {}
        for chunk in _chunks(ids):
            for product in session.query(Product).filter(Product.id.in_(chunk)):
                products[product.id] = product
        for product_id in ids:
            found = products.get(product_id)
            count += found is None
        rounds.append(count)
        time.sleep(0.01)
    return rounds
